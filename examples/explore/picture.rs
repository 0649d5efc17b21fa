//! How does the map of a model look? As SVG.

use std::fmt::Write as _;

use undertone::{TopicMap, TopicModel};

/// A picture: a dot for each article in the colour of its topic, and the label of each topic.
pub(super) fn svg(model: &TopicModel, map: &TopicMap) -> String {
    const SIDE: f64 = 900.0;
    let places = map.topics.iter().chain(map.articles.iter().flatten()).flatten();
    let reach = places.fold(0.1, |most: f64, value| most.max(value.abs()));
    let at = |place: [f64; 2]| place.map(|value| SIDE / 2.0 * (1.0 + 0.9 * value / reach));
    // The golden angle parts any number of hues.
    let hue = |topic: usize| topic * 1375 / 10 % 360;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIDE} {SIDE}\" font-family=\"sans-serif\" \
         font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    for (place, found) in map.articles.iter().zip(model.assignments()) {
        let Some([x, y]) = place.map(at) else { continue };
        let hue = hue(found.topic());
        let _ = writeln!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2\" fill=\"hsl({hue},60%,55%)\" fill-opacity=\"0.6\"/>"
        );
    }
    for (&place, topic) in map.topics.iter().zip(model.iter()) {
        let [x, y] = at(place);
        let label = topic.label().replace('&', "&amp;").replace('<', "&lt;");
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" stroke=\"white\" stroke-width=\"3\" \
             paint-order=\"stroke\">{label}</text>"
        );
    }
    svg + "</svg>\n"
}
