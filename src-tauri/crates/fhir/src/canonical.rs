//! JSON as one text: members in order, so that what says the same is the same.

use serde_json::Value;

/// The value with the members of every object in the order of their names. Serde's own order depends on what else is built.
pub(crate) fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Array(members) => {
            text.push('[');
            for (place, member) in members.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write(member, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| name.as_str());
            text.push('{');
            for (place, (name, member)) in members.into_iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write(member, text);
            }
            text.push('}');
        }
        other => text.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_members_in_another_order_are_the_same_text() {
        let read = |text: &str| canonical(&serde_json::from_str(text).unwrap());
        assert_eq!(
            read(r#"{"b": [1, {"z":null,"a":"x\"{"}], "a": true}"#),
            r#"{"a":true,"b":[1,{"a":"x\"{","z":null}]}"#
        );
        assert_eq!(
            read(r#"{"a":true,"b":[1,{"a":"x\"{","z":null}]}"#),
            read(r#"{"b":[1,{"z":null,"a":"x\"{"}],"a":true}"#)
        );
        assert_ne!(read("[1,2]"), read("[2,1]"));
    }
}
