//! `application/x-www-form-urlencoded`, by OpenAPI's rules, row by row.

use serde::Serialize;
use serde_json::{Value, json};

use super::runtime::{Param, Style};
use super::support::{Serve, Server};
use super::{Outcome, request, sent};

const FORM: &str = "application/x-www-form-urlencoded";

/// The body that a form becomes.
async fn written(form: &impl Serialize, rules: &[Param]) -> Result<String, Box<dyn std::error::Error>> {
    let recorded = sent(|request| request.form(FORM, form, rules)).await?;
    assert_eq!(recorded.header("content-type").as_deref(), Some(FORM));
    assert_eq!(recorded.header("content-length"), Some(recorded.body.len().to_string()));
    Ok(String::from_utf8(recorded.body)?)
}

/// A body as pairs, read as the URL Standard says (section 5.1).
fn read(body: &str) -> Vec<(String, String)> {
    let decode =
        |text: &str| percent_encoding::percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let pairs = body.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(a, b)| (decode(a), decode(b))).collect()
}

#[tokio::test]
async fn properties_without_a_rule_are_written_by_their_kind() -> Outcome {
    let rows = [
        ("a text", json!({"a": "b"}), "a=b"),
        ("an empty text", json!({"a": ""}), "a="),
        ("numbers", json!({"a": 1, "b": -2.5}), "a=1&b=-2.5"),
        ("truth values", json!({"a": true, "b": false}), "a=true&b=false"),
        ("null is left out", json!({"a": null, "b": 1}), "b=1"),
        ("nothing", json!({}), ""),
        ("a list repeats the name", json!({"a": ["x", "y"]}), "a=x&a=y"),
        ("an empty list is left out", json!({"a": [], "b": 1}), "b=1"),
        ("null in a list is left out", json!({"a": ["x", null]}), "a=x"),
        ("blanks are plus signs", json!({"a b": "c d"}), "a+b=c+d"),
        ("plus signs are not", json!({"a": "1+1"}), "a=1%2B1"),
        ("delimiters", json!({"a&b": "c=d&e;f"}), "a%26b=c%3Dd%26e%3Bf"),
        ("percent signs", json!({"a": "100%20"}), "a=100%2520"),
        ("line breaks", json!({"a": "b\r\nc"}), "a=b%0D%0Ac"),
        ("UTF-8", json!({"ä": "€"}), "%C3%A4=%E2%82%AC"),
        ("unreserved characters", json!({"a": "-._~"}), "a=-._~"),
        ("an object is JSON", json!({"a": {"b": [1, "c d"]}}), "a=%7B%22b%22%3A%5B1%2C%22c+d%22%5D%7D"),
        ("a list of objects", json!({"a": [{"b": 1}, {"b": 2}]}), "a=%7B%22b%22%3A1%7D&a=%7B%22b%22%3A2%7D"),
        ("a list of lists", json!({"a": [[1, 2], [3]]}), "a=%5B1%2C2%5D&a=%5B3%5D"),
    ];
    for (name, form, expected) in rows {
        assert_eq!(written(&form, &[]).await?, expected, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn the_specification_s_own_example_is_read_back() -> Outcome {
    // OpenAPI 3.0.4, "URL Encoded Form with JSON Values".
    let address = json!({"streetAddress": "123 Example Dr.", "city": "Somewhere", "state": "CA", "zip": "99999+1234"});
    let form = json!({"id": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "address": address});
    let pairs = read(&written(&form, &[]).await?);
    assert_eq!(pairs[0], ("id".to_owned(), "f81d4fae-7dec-11d0-a765-00a0c91e6bf6".to_owned()));
    assert_eq!((pairs.len(), pairs[1].0.as_str()), (2, "address"));
    assert_eq!(serde_json::from_str::<Value>(&pairs[1].1)?, address);
    let id = json!({"id": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"});
    let written = written(&id, &[Param::query("id").style(Style::Json)]).await?;
    assert_eq!(written, "id=%22f81d4fae-7dec-11d0-a765-00a0c91e6bf6%22");
    Ok(())
}

#[tokio::test]
async fn rules_decide_on_the_rest() -> Outcome {
    let a = || Param::query("a");
    let form = |explode| a().style(Style::Form { explode });
    let (list, object) = (json!({"a": ["x", "y z"]}), json!({"a": {"R": 100, "G": "2 0"}}));
    let rows = [
        ("form, exploded list", &list, form(true), "a=x&a=y+z"),
        ("form, joined list", &list, form(false), "a=x,y+z"),
        ("form, exploded object", &object, form(true), "R=100&G=2+0"),
        ("form, joined object", &object, form(false), "a=R,100,G,2+0"),
        ("form, text", &json!({"a": "x,y"}), form(false), "a=x%2Cy"),
        ("form, comma within a member", &json!({"a": ["x,y", "z"]}), form(false), "a=x%2Cy,z"),
        ("form, empty list", &json!({"a": []}), form(false), ""),
        ("form, null", &json!({"a": null}), form(true), ""),
        ("blanks, list", &list, a().style(Style::SpaceDelimited), "a=x+y+z"),
        ("pipes, list", &list, a().style(Style::PipeDelimited), "a=x%7Cy+z"),
        ("deep object", &object, a().style(Style::DeepObject), "a%5BR%5D=100&a%5BG%5D=2+0"),
        ("deeper object", &json!({"a": {"b": {"c": 1}}}), a().style(Style::DeepObject), "a%5Bb%5D%5Bc%5D=1"),
        ("JSON, text", &json!({"a": "x"}), a().style(Style::Json), "a=%22x%22"),
        ("JSON, list", &json!({"a": ["x", 1]}), a().style(Style::Json), "a=%22x%22&a=1"),
        ("JSON, null", &json!({"a": null}), a().style(Style::Json), ""),
        ("reserved pass", &json!({"a": "/?:@!$'()*,;"}), a().reserved(), "a=/?:@!$'()*,;"),
        ("all but these", &json!({"a": "[&+#]"}), a().reserved(), "a=%5B%26%2B%23%5D"),
        ("and what is encoded", &json!({"a": "%2F%"}), a().reserved(), "a=%2F%25"),
        ("a rule for another", &json!({"b": ["x", "y"]}), form(false), "b=x&b=y"),
    ];
    for (name, form, rule, expected) in rows {
        assert_eq!(written(form, &[rule]).await?, expected, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn properties_keep_the_order_of_the_type() -> Outcome {
    #[derive(Serialize)]
    struct Form {
        zebra: u8,
        ant: Inner,
    }
    #[derive(Serialize)]
    struct Inner {
        two: u8,
        one: u8,
    }
    let form = Form { zebra: 1, ant: Inner { two: 2, one: 1 } };
    assert_eq!(written(&form, &[]).await?, "zebra=1&ant=%7B%22two%22%3A2%2C%22one%22%3A1%7D");
    Ok(())
}

#[tokio::test]
async fn what_is_no_object_is_refused_and_nothing_sent() -> Outcome {
    let keyless = std::collections::HashMap::from([((1, 2), 3)]);
    let server = Server::start(Some(Serve::new(204))).await?;
    for form in [json!([1]), json!("text"), json!(null)] {
        let error = request(&server, "POST")?.form(FORM, &form, &[]).send().await.err().ok_or("sent")?;
        assert!(error.to_string().contains("no object"), "{error}");
    }
    assert!(request(&server, "POST")?.form(FORM, &keyless, &[]).send().await.is_err());
    assert!(server.recorded().is_empty());
    Ok(())
}
