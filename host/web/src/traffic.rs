//! What was asked of this host since it was started: requests by route and status, and how long they took.
//!
//! A route is its template, never an address that somebody sent; methods that no route has are one. So nobody can make it grow.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::{Method, StatusCode};
use domain::histogram::Histogram;

/// Bounds for the time of a request, in microseconds.
const MICROS: [u64; 11] = [500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 500_000, 2_500_000, 30_000_000];

/// Counts requests. Clones are one.
#[derive(Clone, Default)]
pub(crate) struct Traffic(Arc<Mutex<Routes>>);

/// Requests by route and method.
pub(crate) type Routes = BTreeMap<String, BTreeMap<&'static str, Requests>>;

/// The requests of one route and method.
#[derive(Clone, Debug)]
pub(crate) struct Requests {
    pub(crate) statuses: BTreeMap<u16, u64>,
    pub(crate) micros: Histogram,
}

impl Default for Requests {
    fn default() -> Self {
        Self { statuses: BTreeMap::new(), micros: Histogram::with_bounds(&MICROS) }
    }
}

impl Traffic {
    /// Counts a request that was answered; `-` is the route of those that none fits.
    pub(crate) fn count(&self, route: &str, method: &Method, status: StatusCode, micros: u64) {
        let mut routes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let methods = match routes.get_mut(route) {
            Some(methods) => methods,
            None => routes.entry(route.to_owned()).or_default(),
        };
        let requests = methods.entry(known(method)).or_default();
        *requests.statuses.entry(status.as_u16()).or_default() += 1;
        requests.micros.count(micros);
    }

    /// What was counted so far.
    pub(crate) fn read(&self) -> Routes {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_asked_the_number_of_figures_stays_small() {
        let traffic = Traffic::default();
        for number in 0..1_000 {
            let method = Method::from_bytes(format!("M{number}").as_bytes()).unwrap();
            traffic.count("-", &method, StatusCode::NOT_FOUND, number);
        }
        let routes = traffic.read();
        assert_eq!(routes.len(), 1);
        assert_eq!(routes["-"]["other"].statuses, BTreeMap::from([(404, 1_000)]));
        assert_eq!(routes["-"]["other"].micros.total(), 1_000);
    }
}
