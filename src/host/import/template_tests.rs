use super::super::document::{Texts, document};
use super::*;

fn xml(name: &str, text: &str) -> (String, Vec<String>) {
    let template = read(name, text, None, &Limits::default()).unwrap_or_else(|error| panic!("{error}"));
    let mut notes = template.notes.clone();
    let sheet = crate::json::Value::default();
    let document = document(&template.nodes, &template.names, (&sheet, Texts::Lines), &mut notes);
    let notes = template.placed(notes, name, text);
    (document.xml, notes.iter().map(|(place, note)| format!("{place}: {}", note.message)).collect())
}

#[test]
fn a_loop_over_friends_becomes_a_for() {
    let text = "<view class=\"page\">{{~it.data :item:index}}<view class=\"row {{? index % 2 }}odd{{?}}\">\
                <text value=\"{{= index + 1 }}. {{= item.nickname }}\"></text><text value=\"{{= item.rankScore || 0 }}\"/></view>{{~}}</view>";
    let (xml, notes) = xml("board.xml", text);
    assert_eq!(
        xml,
        "<view dialect=\"layout\" class=\"page\">\n  <view for=\"friend in friends\" class=\"row {{ 'odd' if loop.index0 % 2 else '' }}\">\n    \
         <text value=\"{{ loop.index }}. {{ friend.nickname }}\"/>\n    <text value=\"{{ (friend.score | default(0, true)) }}\"/>\n  </view>\n</view>"
    );
    assert!(notes.is_empty(), "{notes:?}");
}
