"""Judges recorded requests by an OpenAPI document, with openapi-core.

    judge.py DOCUMENT < requests > verdicts

A request is a line of JSON: operationId, method, target, headers (a list of pairs) and body (in
Base64). A verdict is a line too, in the same order: a list of findings, each with `where` and
`what`; an empty list if nothing is wrong. Exit code 3: openapi-core is not there.

openapi-core decides. What stands here beyond handing it the requests is told at each place: how it
wants to see values that it does not decode itself, and what it does not look at.
"""

import base64
import json
import logging
import sys
import warnings
from urllib.parse import parse_qsl, unquote

try:
    import openapi_core
    import regress  # noqa: F401, found by openapi-schema-validator
    import yaml
    from jsonschema_path import SchemaPath
    from openapi_core import V30RequestValidator, V31RequestValidator, V32RequestValidator
    from openapi_core.datatypes import RequestParameters
    from openapi_core.templating.paths.finders import APICallPathFinder
    from openapi_core.validation.request.exceptions import SecurityValidationError
    from werkzeug.datastructures import Headers, MultiDict
except ImportError as error:
    print(error, file=sys.stderr)
    sys.exit(3)

VALIDATORS = {"3.0": V30RequestValidator, "3.1": V31RequestValidator, "3.2": V32RequestValidator}
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Reads YAML as OpenAPI does: no dates, and `on` and `no` are texts."""


Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag != "tag:yaml.org,2002:timestamp"
        and (tag != "tag:yaml.org,2002:bool" or first in "tTfF")
    ]
    for first, resolvers in Loader.yaml_implicit_resolvers.items()
}


def read(path):
    """The document, with texts as keys (`200:` is a number in YAML), under no server but `/`.

    Which server is called is the caller's choice and nothing that a request could get wrong.
    """
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if text.lstrip().startswith("{"):
        document = json.loads(text)
    else:
        document = with_text_keys(yaml.load(text, Loader=Loader))
    document.pop("servers", None)
    items = [item for item in document.get("paths", {}).values() if isinstance(item, dict)]
    operations = [item[method] for item in items for method in METHODS if method in item]
    for node in items + operations:
        node.pop("servers", None)
    return document


def with_text_keys(node):
    if isinstance(node, dict):
        return {str(key): with_text_keys(value) for key, value in node.items()}
    if isinstance(node, list):
        return [with_text_keys(value) for value in node]
    return node


class Finder(APICallPathFinder):
    """Finds an operation, and gives its path values as openapi-core's readers of styles want them.

    It finds them percent-encoded. It looks for those of `label` and `matrix` under the names that
    they have in a URI template (RFC 6570).
    """

    def find(self, method, name):
        found = super().find(method, name)
        values = found.path_result.variables
        for name, value in list(values.items()):
            value = unquote(value)
            values[name] = value
            for form in (f".{name}", f".{name}*", f";{name}", f";{name}*"):
                values[form] = value
        return found


class MediaTypes:
    """Readers of media types that openapi-core takes for bytes: other JSON, YAML, and texts.

    It asks for the name in the document, which may be a range; what was sent decides then. YAML is
    the text that it is, unless the schema is of something else; JSON values one after the other are
    a list, unless the schema is of one of them.
    """

    def __init__(self):
        self.sent = ""
        self.kind = ""

    def __contains__(self, name):
        return self.reader(name) is not None

    def __getitem__(self, name):
        return self.reader(name)

    def reader(self, name):
        if "*" in name:
            name = essence(self.sent)
        subtype = name.partition("/")[2]
        if subtype == "json" or subtype.endswith("+json"):
            return lambda value, **_: json.loads(value)
        if subtype in ("x-ndjson", "ndjson", "jsonl", "json-seq"):
            return self.values
        is_yaml = subtype in ("yaml", "x-yaml") or subtype.endswith("+yaml")
        if is_yaml and self.kind != "string":
            return lambda value, **_: yaml.load(value, Loader=Loader)
        if name.startswith("text/") or is_yaml:
            return lambda value, charset="utf-8", **_: value.decode(charset)
        return None

    def values(self, value, **_):
        lines = (line.strip(b"\x1e\r\n ") for line in value.split(b"\n"))
        values = [json.loads(line) for line in lines if line]
        return values[0] if len(values) == 1 and self.kind != "array" else values


def essence(media_type):
    """A media type without its parameters."""
    return media_type.partition(";")[0].strip().lower()


class Request:
    """A recorded request, as openapi-core's protocol wants it."""

    host_url = "http://localhost"

    def __init__(self, record):
        path, _, query = record["target"].partition("?")
        self.path = path
        self.method = record["method"].lower()
        headers = Headers([tuple(pair) for pair in record["headers"]])
        pairs = (pair.partition("=") for pair in headers.get("cookie", "").split("; ") if pair)
        cookies = {name: unquote(value) for name, _, value in pairs}
        query = MultiDict(parse_qsl(query, keep_blank_values=True))
        self.parameters = RequestParameters(query=query, header=headers, cookie=cookies)
        self.content_type = headers.get("content-type", "")
        self.body = base64.b64decode(record["body"]) or None


class Judge:
    def __init__(self, document):
        version = str(document.get("openapi", ""))[:3]
        if version not in VALIDATORS:
            sys.exit(f"openapi-core {openapi_core.__version__} does not judge by this version of OpenAPI")
        self.media_types = MediaTypes()
        self.spec = SchemaPath.from_dict(document)
        self.validator = VALIDATORS[version](
            self.spec, path_finder_cls=Finder, extra_media_type_deserializers=self.media_types
        )

    def findings(self, record):
        request = Request(record)
        self.media_types.sent = request.content_type
        try:
            found = self.validator.path_finder.find(request.method, request.host_url + request.path)
        except Exception as error:  # every way not to find the operation is a finding
            return [{"where": "route", "what": told(error)}]
        self.media_types.kind = kind(found.operation, essence(request.content_type))
        declared = list(parameters(found))
        findings = beyond(record["operationId"], found, request, declared, self.spec)
        arrange(request.parameters.query, declared)
        try:
            errors = list(self.validator.iter_errors(request))
        except Exception as error:  # whatever openapi-core stumbles over is shown, and judged by people
            errors = [error]
        return findings + [finding for error in errors for finding in explain(error)]


def kind(operation, media_type):
    """The type of a body in the document."""
    if "requestBody" not in operation or media_type not in operation / "requestBody" / "content":
        return ""
    schema = (operation / "requestBody" / "content" / media_type).get("schema", None)
    return "" if schema is None else (schema / "type").read_str("")


def parameters(found):
    """The parameters of an operation and of its path, by place, name and what describes them."""
    seen = set()
    for node in (found.operation, found.path):
        for parameter in node.get("parameters", []):
            key = ((parameter / "in").read_str(), (parameter / "name").read_str())
            if key not in seen:
                seen.add(key)
                yield (*key, parameter)


def style(parameter):
    """The style of a query parameter, and whether it is exploded."""
    name = (parameter / "style").read_str("form")
    return name, (parameter / "explode").read_bool(name == "form")


def members(parameter):
    """The members of an object, if it is one."""
    schema = parameter.get("schema", None)
    if schema is None or (schema / "type").read_str("") != "object":
        return None
    return set((schema / "properties").str_keys()) if "properties" in schema else set()


def is_list(parameter):
    schema = parameter.get("schema", None)
    return schema is not None and (schema / "type").read_str("") == "array"


def arrange(query, declared):
    """Puts values where openapi-core's readers of styles look for them.

    It wants the members of an exploded object in one value, and blanks between elements encoded.
    """
    for place, name, parameter in declared:
        if place != "query" or "content" in parameter:
            continue
        own = members(parameter)
        if style(parameter) == ("form", True) and own is not None:
            pairs = [f"{key}={query[key]}" for key in query if key in own]
            if pairs:
                query[name] = "&".join(pairs)
        elif style(parameter)[0] == "spaceDelimited" and name in query:
            query[name] = query[name].replace(" ", "%20")


def beyond(expected, found, request, declared, spec):
    """What openapi-core does not look at: all that is sent without being declared."""
    findings = []

    def finding(where, what):
        findings.append({"where": where, "what": what})

    route = f"{request.method.upper()} {found.path_result.resolved}"
    own = (found.operation / "operationId").read_str(None)
    if own is None:
        template = next(key for key, item in (spec / "paths").str_items() if item == found.path)
        own = f"{request.method.upper()} {template}"
    if own != expected:
        finding("route", f"{route} is {own}, and {expected} was called")

    keys = {"query": set(), "cookie": set()}
    for _, scheme in (spec / "components" / "securitySchemes").str_items() if has_schemes(spec) else ():
        if (scheme / "type").read_str("") == "apiKey" and (scheme / "in").read_str() in keys:
            keys[(scheme / "in").read_str()].add((scheme / "name").read_str())
    known, repeatable, open_ended = keys["query"], set(), False
    for place, name, parameter in declared:
        if place == "cookie":
            keys["cookie"] |= {name} | (members(parameter) or set())
        if place != "query":
            continue
        known.add(name)
        if style(parameter) == ("form", True):
            if is_list(parameter):
                repeatable.add(name)
            if (own := members(parameter)) is not None:
                known |= own
                open_ended |= not own or "additionalProperties" in parameter / "schema"
    deep = [name for place, name, parameter in declared if place == "query" and style(parameter)[0] == "deepObject"]
    for name, values in request.parameters.query.lists():
        base = name.partition("[")[0]
        if name not in known and base not in deep and not open_ended:
            finding(f"query {name}", "no such parameter is declared")
        if len(values) > 1 and name in known and name not in repeatable and base not in deep:
            finding(f"query {name}", "the name is repeated, and is no list that repeats it")
    for name in request.parameters.cookie:
        if name not in keys["cookie"]:
            finding(f"cookie {name}", "no such parameter is declared")
    if request.body and "requestBody" not in found.operation:
        finding("body", "no body is declared")
    return findings


def has_schemes(spec):
    return "components" in spec and "securitySchemes" in spec / "components"


def explain(error):
    """An error as findings: one for each mistake in a value, by its place."""
    where = "security" if isinstance(error, SecurityValidationError) else "body"
    if hasattr(error, "location") and hasattr(error, "name"):
        where = f"{error.location} {error.name}"
    cause = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    mistakes = [mistake for each in getattr(cause, "schema_errors", ()) for mistake in leaves(each)]
    if mistakes:
        for mistake in mistakes:
            path = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in mistake.absolute_path)
            yield {"where": where + path, "what": mistake.message[:300]}
    else:
        yield {"where": where, "what": told(cause) if cause is error else f"{told(cause)} ({type(cause).__name__})"}


def told(error):
    """What an error says; some of openapi-core's break when they are asked."""
    try:
        return str(error)[:300] or type(error).__name__
    except Exception:
        return type(error).__name__


def leaves(error):
    """The mistakes inside a mistake: those of the parts of `allOf`, not of alternatives."""
    if error.validator == "allOf" and error.context:
        for inner in error.context:
            yield from leaves(inner)
    else:
        yield error


def main():
    # openapi-core warns of every use of what is deprecated, and logs what it tries in vain.
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    judge = Judge(read(sys.argv[1]))
    for line in sys.stdin:
        print(json.dumps(judge.findings(json.loads(line))))


if __name__ == "__main__":
    main()
