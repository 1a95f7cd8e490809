//! The curve of coverage and accuracy, drawn with letters for a terminal and as SVG.

use super::report::Report;

/// Columns and rows of the field.
const COLUMNS: usize = 60;
const ROWS: usize = 11;

/// Width and height of the picture, and the space around the field.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 60.0;
const BOTTOM: f64 = 50.0;
const TOP: f64 = 40.0;
const RIGHT: f64 = 20.0;

/// What is drawn: points of coverage and accuracy, and where the threshold in force lies among them.
struct Curve {
    points: Vec<(f64, f64)>,
    in_force: Option<(f64, f64)>,
    /// The accuracy at the foot of the field, a multiple of a tenth.
    least: f64,
}

impl Curve {
    fn of(report: &Report) -> Self {
        let points: Vec<(f64, f64)> = report.curve.iter().map(|point| (point.coverage, point.accuracy)).collect();
        let answered = report.curve.iter().rev().find(|point| point.threshold >= report.threshold);
        let lowest = points.iter().map(|point| point.1).fold(1.0, f64::min);
        // A flat curve still has a field of half the scale.
        let least = ((lowest * 10.0).floor() / 10.0).min(0.5);
        Self { points, in_force: answered.map(|point| (point.coverage, point.accuracy)), least }
    }
}

/// The curve in 80 columns: `*` is a point, `O` the last one at or above the threshold in force.
#[must_use]
pub fn text(report: &Report) -> String {
    let curve = Curve::of(report);
    let mut field = vec![[' '; COLUMNS + 1]; ROWS];
    let mut put = |(coverage, accuracy): (f64, f64), letter: char| {
        let row = ((1.0 - accuracy) / (1.0 - curve.least) * (ROWS - 1) as f64).round() as usize;
        let column = (coverage * COLUMNS as f64).round() as usize;
        field[row.min(ROWS - 1)][column.min(COLUMNS)] = letter;
    };
    curve.points.iter().for_each(|&point| put(point, '*'));
    if let Some(point) = curve.in_force {
        put(point, 'O');
    }
    let mut text = "share of the answers that are right\n".to_owned();
    for (row, letters) in field.iter().enumerate() {
        let accuracy = 1.0 - row as f64 / (ROWS - 1) as f64 * (1.0 - curve.least);
        let label = if row % 2 == 0 { format!("{accuracy:5.2}") } else { " ".repeat(5) };
        let letters: String = letters.iter().collect();
        text += &format!("{label} |{}\n", letters.trim_end());
    }
    text += &format!("      +{}\n", "-".repeat(COLUMNS + 1));
    text += &format!("       0{:>half$}{:>half$}\n", "0.5", "1", half = COLUMNS / 2);
    text += &format!("{:>68}\n", "share of all questions that are answered");
    text + &format!("O: the threshold in force, {:.2}\n", report.threshold)
}

/// The curve as a picture, with a title and a description for those who cannot see it.
#[must_use]
pub fn svg(report: &Report) -> String {
    let curve = Curve::of(report);
    let x = |coverage: f64| LEFT + coverage * (WIDTH - LEFT - RIGHT);
    let y = |accuracy: f64| HEIGHT - BOTTOM - (accuracy - curve.least) / (1.0 - curve.least) * (HEIGHT - BOTTOM - TOP);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         aria-labelledby=\"title about\" font-family=\"sans-serif\" font-size=\"13\">\n\
         <title id=\"title\">Coverage and accuracy</title>\n<desc id=\"about\">{}</desc>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n",
        description(report, &curve)
    );
    for tenth in (0..=10).filter(|&tenth| f64::from(tenth) / 10.0 >= curve.least - 1e-9) {
        let (accuracy, left, right) = (f64::from(tenth) / 10.0, x(0.0), x(1.0));
        let (line, label) = (y(accuracy), y(accuracy) + 4.0);
        text += &format!("<path d=\"M{left:.1} {line:.1}H{right:.1}\" stroke=\"#ddd\"/>\n");
        text += &format!("<text x=\"{:.1}\" y=\"{label:.1}\" text-anchor=\"end\">{accuracy:.1}</text>\n", LEFT - 8.0);
    }
    for fifth in 0..=5 {
        let coverage = f64::from(fifth) / 5.0;
        let (place, foot) = (x(coverage), HEIGHT - BOTTOM + 18.0);
        text += &format!("<text x=\"{place:.1}\" y=\"{foot:.1}\" text-anchor=\"middle\">{coverage:.1}</text>\n");
    }
    let points: Vec<String> =
        curve.points.iter().map(|&(coverage, accuracy)| format!("{:.1},{:.1}", x(coverage), y(accuracy))).collect();
    text += &format!("<polyline points=\"{}\" fill=\"none\" stroke=\"#06c\" stroke-width=\"2\"/>\n", points.join(" "));
    if let Some((coverage, accuracy)) = curve.in_force {
        let (place, height) = (x(coverage), y(accuracy));
        text += &format!("<circle cx=\"{place:.1}\" cy=\"{height:.1}\" r=\"5\" fill=\"#c30\"/>\n");
        let label = format!("threshold {:.2}", report.threshold);
        let place = place - 8.0;
        text += &format!("<text x=\"{place:.1}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>\n", height + 20.0);
    }
    let (middle, foot) = (x(0.5), HEIGHT - 10.0);
    text += &format!(
        "<text x=\"{middle:.1}\" y=\"{foot:.1}\" text-anchor=\"middle\">share of all questions that are answered</text>\n"
    );
    text + &format!("<text x=\"{LEFT:.1}\" y=\"22\">share of the answers that are right</text>\n</svg>\n")
}

fn description(report: &Report, curve: &Curve) -> String {
    let all = curve.points.last().map_or(0.0, |point| point.1);
    let mut text = format!("If all {} questions are answered, {all:.2} of the answers are right.", report.queries);
    if let Some((coverage, accuracy)) = curve.in_force {
        text += &format!(
            " At the threshold in force, {:.2}, about {coverage:.2} of the questions are answered, and {accuracy:.2} of \
             the answers are right.",
            report.threshold
        );
    }
    text
}
