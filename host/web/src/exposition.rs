//! Figures in Prometheus' text format: what they mean, what kind they are, and one sample a line.
//!
//! The house counts for itself instead of through a recorder of the process: the same figures are told as JSON by release, which a
//! recorder could not read back, and those of a release that is not called any more have to go.

use std::fmt::{Display, Write as _};

use domain::histogram::Histogram;
use operations::{FunctionFigures, HostFigures, ReleaseFigures};

use crate::traffic::Routes;

/// The format and its version, as Prometheus asks for it.
pub(crate) const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Names and values that tell samples of one figure apart.
type Labels<'l> = [(&'static str, &'l str)];

/// The figures of a host and its border.
pub(crate) fn exposed(figures: &HostFigures, routes: &Routes) -> String {
    let mut page = Page::default();
    page.releases(figures);
    page.house(figures);
    page.requests(routes);
    page.text
}

/// What a figure is counted in, against what it is told in.
#[derive(Clone, Copy)]
enum Unit {
    /// As it is.
    One,
    /// In microseconds, told in seconds.
    Micros,
}

impl Unit {
    fn tell(self, figure: u64) -> String {
        match self {
            Self::One => figure.to_string(),
            Self::Micros => {
                let seconds = format!("{}.{:06}", figure / 1_000_000, figure % 1_000_000);
                seconds.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
        }
    }
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn releases(&mut self, figures: &HostFigures) {
        let mut each = Vec::new();
        for federation in &figures.federations {
            for ReleaseFigures { release, functions } in &federation.releases {
                let functions =
                    functions.iter().map(|called| (federation.federation.as_str(), release.short(), called));
                each.extend(functions);
            }
        }
        self.about("huizong_evaluations_total", "counter", "Calls of a release's functions by how they ended.");
        for (federation, release, FunctionFigures { function, calls }) in &each {
            for (outcome, count) in &calls.outcomes {
                let labels =
                    [("federation", *federation), ("release", release), ("function", function), ("outcome", outcome)];
                self.sample("huizong_evaluations_total", &labels, count);
            }
        }
        let mut histogram = |name, what, unit, of: fn(&FunctionFigures) -> &Histogram| {
            self.about(name, "histogram", what);
            for (federation, release, called) in &each {
                let labels =
                    [("federation", *federation), ("release", release.as_str()), ("function", called.function)];
                self.histogram(name, &labels, of(called), unit);
            }
        };
        histogram("huizong_evaluation_fuel", "Fuel of a call.", Unit::One, |called| &called.calls.fuel);
        histogram("huizong_evaluation_seconds", "Time of a call.", Unit::Micros, |called| &called.calls.wall_micros);
        histogram("huizong_evaluation_memory_bytes", "The most memory of a call.", Unit::One, |called| {
            &called.calls.memory_bytes
        });
    }

    fn house(&mut self, figures: &HostFigures) {
        let HostFigures { engine, store, jobs, occupancy, waiting, federations: _ } = figures;
        self.about("huizong_engine_info", "gauge", "The engine and its settings; fuel is comparable only within one.");
        self.sample("huizong_engine_info", &[("engine", engine)], 1);

        self.one("huizong_store_writes_total", "counter", "Writes that are durable.", store.writes);
        self.one("huizong_store_commits_total", "counter", "Commits that they took.", store.commits);
        self.one("huizong_store_turned_away_total", "counter", "Writes told to come back.", store.turned_away);

        if let Some(jobs) = jobs {
            self.about("huizong_jobs", "gauge", "Jobs to do on all hosts.");
            self.sample("huizong_jobs", &[("state", "waiting")], jobs.waiting);
            self.sample("huizong_jobs", &[("state", "running")], jobs.running);
        }

        self.one("huizong_sandbox_instances", "gauge", "Components that are being called.", occupancy.instances);
        self.one("huizong_sandbox_memories", "gauge", "Linear memories in use.", occupancy.memories);
        self.one("huizong_sandbox_tables", "gauge", "Tables in use.", occupancy.tables);
        self.about("huizong_sandbox_waiting", "gauge", "Calls and compilations that wait for a thread.");
        for (lane, count) in [("unit", waiting.unit), ("cohort", waiting.cohort), ("compile", waiting.compile)] {
            self.sample("huizong_sandbox_waiting", &[("lane", lane)], count);
        }
    }

    fn requests(&mut self, routes: &Routes) {
        let each = || routes.iter().flat_map(|(route, methods)| methods.iter().map(move |(m, r)| (route, *m, r)));
        self.about("huizong_http_requests_total", "counter", "Requests by route and status.");
        for (route, method, requests) in each() {
            for (status, count) in &requests.statuses {
                let labels = [("method", method), ("route", route.as_str()), ("status", &*status.to_string())];
                self.sample("huizong_http_requests_total", &labels, count);
            }
        }
        self.about("huizong_http_request_seconds", "histogram", "Time until the answer began.");
        for (route, method, requests) in each() {
            let labels = [("method", method), ("route", route.as_str())];
            self.histogram("huizong_http_request_seconds", &labels, &requests.micros, Unit::Micros);
        }
    }

    fn about(&mut self, name: &str, kind: &str, what: &str) {
        // Writing to a text cannot fail, here and below.
        let _ = writeln!(self.text, "# HELP {name} {what}\n# TYPE {name} {kind}");
    }

    fn one(&mut self, name: &str, kind: &str, what: &str, value: impl Display) {
        self.about(name, kind, what);
        self.sample(name, &[], value);
    }

    fn sample(&mut self, name: &str, labels: &Labels<'_>, value: impl Display) {
        self.text.push_str(name);
        for (place, (label, text)) in labels.iter().enumerate() {
            let _ = write!(self.text, "{}{label}=\"{}\"", if place == 0 { '{' } else { ',' }, escaped(text));
        }
        let _ = writeln!(self.text, "{} {value}", if labels.is_empty() { "" } else { "}" });
    }

    fn histogram(&mut self, name: &str, labels: &Labels<'_>, histogram: &Histogram, unit: Unit) {
        let bounds = histogram.at_most().iter().map(|bound| unit.tell(*bound)).chain(["+Inf".to_owned()]);
        for (bound, count) in bounds.zip(histogram.cumulative()) {
            let labels: Vec<_> = labels.iter().copied().chain([("le", bound.as_str())]).collect();
            self.sample(&format!("{name}_bucket"), &labels, count);
        }
        self.sample(&format!("{name}_sum"), labels, unit.tell(histogram.sum()));
        self.sample(&format!("{name}_count"), labels, histogram.total());
    }
}

/// A label's value as the format wants it.
fn escaped(text: &str) -> String {
    text.replace('\\', r"\\").replace('"', r#"\""#).replace('\n', r"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_a_line_whatever_its_labels_hold() {
        let mut page = Page::default();
        page.sample("plain", &[], 7);
        page.sample("labelled", &[("a", "x"), ("b", "say \"\\\"\nforged 1")], 8);
        assert_eq!(page.text, "plain 7\nlabelled{a=\"x\",b=\"say \\\"\\\\\\\"\\nforged 1\"} 8\n");
    }

    #[test]
    fn a_histogram_counts_up_to_all_of_them() {
        let mut histogram = Histogram::with_bounds(&[500, 1_500_000]);
        for micros in [400, 500, 2_000_000] {
            histogram.count(micros);
        }
        let mut page = Page::default();
        page.histogram("took_seconds", &[("route", "/")], &histogram, Unit::Micros);
        let expected = [
            r#"took_seconds_bucket{route="/",le="0.0005"} 2"#,
            r#"took_seconds_bucket{route="/",le="1.5"} 2"#,
            r#"took_seconds_bucket{route="/",le="+Inf"} 3"#,
            r#"took_seconds_sum{route="/"} 2.0009"#,
            r#"took_seconds_count{route="/"} 3"#,
        ];
        assert_eq!(page.text.lines().collect::<Vec<_>>(), expected);
    }
}
