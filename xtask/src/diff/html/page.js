// The filters. Without this script every change is shown, and nothing else is missing.
"use strict";

(() => {
  const form = document.getElementById("filters");
  const told = document.getElementById("told");
  const nothing = document.getElementById("nothing");
  const boxes = [...form.elements.severity];
  const sections = [...document.querySelectorAll("main section")].map((node) => ({
    node,
    link: document.querySelector(`nav a[href="#${node.id}"]`)?.parentElement,
    module: node.dataset.module,
    changes: [...node.querySelectorAll("article")].map((change) => ({
      node: change,
      severity: change.dataset.severity,
      text: undefined,
    })),
  }));

  // Texts are taken when somebody searches, not before.
  const textOf = (change) => (change.text ??= change.node.querySelector(".what").textContent.toLowerCase());

  const apply = () => {
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const module = form.elements.module.value;
    const words = form.elements.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    let all = 0;
    for (const section of sections) {
      const fits = module === "" || module === section.module;
      let here = 0;
      for (const change of section.changes) {
        const hit =
          fits &&
          severities.has(change.severity) &&
          (words.length === 0 || words.every((word) => textOf(change).includes(word)));
        change.node.hidden = !hit;
        here += hit ? 1 : 0;
      }
      section.node.hidden = here === 0;
      if (section.link) section.link.hidden = here === 0;
      shown += here;
      all += section.changes.length;
    }
    told.textContent = `${shown} of ${all} changes are shown`;
    nothing.hidden = shown > 0;
    remember(severities, module);
  };

  // The address keeps what is chosen, so that it can be handed on.
  const remember = (severities, module) => {
    const state = new URLSearchParams();
    if (severities.size < boxes.length) state.set("severity", [...severities].join(","));
    if (module !== "") state.set("module", module);
    if (form.elements.search.value !== "") state.set("search", form.elements.search.value);
    const text = state.toString();
    const kept = location.hash.includes("=") || text !== "";
    if (kept) history.replaceState(null, "", text === "" ? location.pathname + location.search : `#${text}`);
  };

  const recall = () => {
    if (!location.hash.includes("=")) return;
    const state = new URLSearchParams(location.hash.slice(1));
    const severities = state.get("severity")?.split(",");
    for (const box of boxes) box.checked = severities?.includes(box.value) ?? true;
    form.elements.module.value = state.get("module") ?? "";
    if (form.elements.module.selectedIndex < 0) form.elements.module.value = "";
    form.elements.search.value = state.get("search") ?? "";
  };

  const open = (value) => {
    for (const details of document.querySelectorAll("article:not([hidden]) details")) details.open = value;
  };

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  document.getElementById("open").addEventListener("click", () => open(true));
  document.getElementById("close").addEventListener("click", () => open(false));
  window.addEventListener("hashchange", () => {
    if (location.hash.includes("=")) {
      recall();
      apply();
    }
  });
  // A link to a change shows it, whatever is chosen.
  document.addEventListener("click", (event) => {
    const target = event.target.closest("a[href^='#']");
    const change = target && document.getElementById(target.hash.slice(1));
    if (change?.closest("[hidden]")) {
      form.reset();
      apply();
    }
  });

  form.hidden = false;
  recall();
  apply();
})();
