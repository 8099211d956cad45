//! What the server counts, as Prometheus reads it.

use std::time::Duration;

use metrics::{Counter, Histogram, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::Times;

/// Upper bounds of times in seconds.
const SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Begins to count in this process.
///
/// # Errors
/// Where this process counts already.
pub fn install() -> Result<PrometheusHandle> {
    let failed = |error: metrics_exporter_prometheus::BuildError| {
        Error::new(ErrorKind::Io, format!("the metrics can't be kept: {error}")).source(error)
    };
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("seconds".to_owned()), SECONDS);
    let handle = builder.map_err(failed)?.install_recorder().map_err(failed)?;
    describe_counter!("friendboard_requests_total", "Requests by route and status.");
    describe_histogram!("friendboard_request_seconds", "How long requests took, by route.");
    describe_histogram!("friendboard_stage_seconds", "How long the stages of drawing took.");
    describe_gauge!("friendboard_queue_waiting", "Requests that wait for a thread.");
    describe_gauge!("friendboard_queue_capacity", "Requests that may wait.");
    describe_gauge!("friendboard_drawing", "Requests that are being drawn.");
    describe_gauge!("friendboard_connections", "Connections that are open.");
    describe_gauge!("friendboard_cache_bytes", "Bytes that are kept, by cache.");
    describe_counter!("friendboard_cache_lookups_total", "Look-ups, by cache and result.");
    describe_counter!("friendboard_sheds_total", "Requests that were turned away, by reason.");
    describe_counter!("friendboard_response_bytes_total", "Bytes of the bodies that were answered.");
    describe_counter!("friendboard_budget_exceeded_total", "Requests over a limit, by limit.");
    describe_counter!("friendboard_fetches_total", "Pictures that were fetched, by result.");
    describe_counter!("friendboard_signatures_refused_total", "Signed addresses that were not valid.");
    Ok(handle)
}

/// What is counted of the requests of a route that are answered with a status.
pub struct Meters {
    requests: Counter,
    seconds: Histogram,
    bytes: Counter,
}

impl Meters {
    /// `route` is a pattern, never what somebody sent.
    pub fn of(route: &'static str, status: u16) -> Self {
        Self {
            requests: counter!("friendboard_requests_total", "route" => route, "status" => status.to_string()),
            seconds: histogram!("friendboard_request_seconds", "route" => route),
            bytes: counter!("friendboard_response_bytes_total"),
        }
    }

    /// A request was answered.
    pub fn request(&self, took: Duration, bytes: u64) {
        self.requests.increment(1);
        self.seconds.record(took.as_secs_f64());
        self.bytes.increment(bytes);
    }
}

/// A picture was drawn.
pub fn stages(times: &Times) {
    for (stage, took) in times.list() {
        histogram!("friendboard_stage_seconds", "stage" => *stage).record(took.as_secs_f64());
    }
}

/// A cache was asked.
pub fn cache(name: &'static str, hit: bool) {
    let result = if hit { "hit" } else { "miss" };
    counter!("friendboard_cache_lookups_total", "cache" => name, "result" => result).increment(1);
}

/// A picture was fetched, or not.
pub fn fetched(ok: bool) {
    counter!("friendboard_fetches_total", "result" => if ok { "ok" } else { "failed" }).increment(1);
}

/// A request was turned away.
pub fn shed(reason: &'static str) {
    counter!("friendboard_sheds_total", "reason" => reason).increment(1);
}

/// A request was over a limit.
pub fn exceeded(limit: &str) {
    counter!("friendboard_budget_exceeded_total", "limit" => limit.to_owned()).increment(1);
}

/// A signed address was not valid.
pub fn signature_refused() {
    counter!("friendboard_signatures_refused_total").increment(1);
}

/// How things stand now.
pub struct Standing {
    /// Requests that wait, that may wait, and that are being drawn.
    pub queue: (usize, usize, usize),
    /// Connections that are open.
    pub connections: usize,
    /// Bytes of drawn and of fetched pictures.
    pub caches: (usize, usize),
}

impl Standing {
    /// Sets the gauges.
    pub fn show(&self) {
        let (waiting, capacity, drawing) = self.queue;
        gauge!("friendboard_queue_waiting").set(waiting as f64);
        gauge!("friendboard_queue_capacity").set(capacity as f64);
        gauge!("friendboard_drawing").set(drawing as f64);
        gauge!("friendboard_connections").set(self.connections as f64);
        gauge!("friendboard_cache_bytes", "cache" => "answers").set(self.caches.0 as f64);
        gauge!("friendboard_cache_bytes", "cache" => "pictures").set(self.caches.1 as f64);
    }
}
