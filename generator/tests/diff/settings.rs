//! Facts that come of the settings: one difference each, and what it comes to.

use super::table::Changes;

/// Settings, one after the other, and what they come to.
pub(crate) const SETTINGS: &[(&str, &str, Changes)] = &[
    (
        PAGES,
        "[[pages]]\noperations = [\"listGoods\"]\npage = \"size\"\nitems = \"results\"\ntotal = \"all\"\nreason = \"r\"\n",
        &["silent pages-changed goods::list"],
    ),
    (
        PAGES,
        "[[pages]]\noperations = [\"listGoods\"]\npage = \"size\"\nitems = \"others\"\ntotal = \"total\"\nreason = \"r\"\n",
        &["silent pages-changed goods::list"],
    ),
    (
        PAGES,
        "[[pages]]\noperations = [\"listGoods\"]\noffset = \"size\"\nitems = \"results\"\ntotal = \"total\"\nreason = \"r\"\n",
        &["silent pages-changed goods::list"],
    ),
    (
        "",
        "[[parameters]]\nname = \"filters\"\nin = \"query\"\nkey = \"f[{field}]\"\nvalue = \"value\"\nreason = \"r\"\n",
        &["silent parameter-style goods::list"],
    ),
    (
        KEYED,
        "[[parameters]]\nname = \"filters\"\nin = \"query\"\nkey = \"f[{field}]\"\nvalue = \"other\"\nspelled = { A = \"a\" }\nreason = \"r\"\n",
        &["silent parameter-style goods::list"],
    ),
    (
        KEYED,
        "[[parameters]]\nname = \"filters\"\nin = \"query\"\nkey = \"f[{field}]\"\nvalue = \"value\"\nspelled = { A = \"b\" }\nreason = \"r\"\n",
        &["silent parameter-style goods::list"],
    ),
    (
        "",
        "[[client_defaults]]\nparameter = \"id\"\nreason = \"r\"\n",
        &["additive client-added ClientBuilder::id", "breaking parameter-optional goods::put_files"],
    ),
    (
        "",
        "[[secrets]]\nschema = \"Good\"\nproperty = \"old\"\nreason = \"r\"\n",
        &["additive field-secret models::Good"],
    ),
    ("", "[[undeprecate]]\noperations = \"*\"\nreason = \"r\"\n", &[]),
    ("", "[operations.listGoods]\nrename = \"all\"\nreason = \"r\"\n", &["breaking method-renamed goods::all"]),
    (
        "",
        "[modules.Goods]\nrename = \"stock\"\nreason = \"r\"\n",
        &[
            "breaking module-renamed Client::goods",
            "breaking method-renamed stock::add_good",
            "breaking method-renamed stock::list_goods",
            "breaking method-renamed stock::put_files",
        ],
    ),
    ("", "[[retype]]\nschemas = \"Room\"\ntype = \"any\"\nreason = \"r\"\n", &["breaking type-kind models::Room"]),
    (
        "",
        "[[optional]]\nschemas = \"Box\"\nproperties = \"width\"\nreason = \"r\"\n",
        &["breaking field-optional models::BoxModel"],
    ),
    (
        "",
        "[[security]]\nroutes = \"/rooms\"\nschemes = [[\"token\"]]\nreason = \"r\"\n",
        &["silent auth-changed rooms::add", "silent auth-changed rooms::put_thing", "silent auth-changed rooms::watch"],
    ),
    (
        "[[events]]\nlast = [\"end\"]\nreason = \"r\"\n",
        "[[events]]\nlast = [\"stop\"]\nreason = \"r\"\n",
        &["silent events-changed rooms::watch"],
    ),
];

const PAGES: &str = "[[pages]]\noperations = [\"listGoods\"]\npage = \"size\"\nitems = \"results\"\ntotal = \"total\"\nreason = \"r\"\n";
const KEYED: &str = "[[parameters]]\nname = \"filters\"\nin = \"query\"\nkey = \"f[{field}]\"\nvalue = \"value\"\nspelled = { A = \"a\" }\nreason = \"r\"\n";
