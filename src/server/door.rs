//! Who is turned away before anything of a request is looked at but its method and its address.
//!
//! Where far more requests come than can be drawn, those that are turned away are paid for by the others. To lead a request to its
//! handler costs more than to say no, so that nobody is led there while the queue is full.

use std::sync::LazyLock;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode};

use super::meters::{self, Meters};
use super::observed::Asked;
use super::pool::Pool;
use super::problem::Problem;

/// What waits in the queue: what its addresses begin with, and its route.
const QUEUED: [(&str, &str); 4] = [
    ("/v1/boards/", "/v1/boards/{file}"),
    ("/v1/share-images/", "/v1/share-images/{file}"),
    ("/v1/cards/", "/v1/cards/{platform}/{file}"),
    ("/v1/share/", "/v1/share/{platform}/{call}"),
];

/// What is said, made once.
static BUSY: LazyLock<(HeaderMap, Bytes)> = LazyLock::new(|| Problem::busy("the queue is full").parts());
/// What is counted of each route, looked up once.
static METERS: LazyLock<[Meters; 4]> = LazyLock::new(|| QUEUED.map(|(_, route)| Meters::of(route, 503)));

/// The answer to a request that would have to wait, where there is no room for it. What may be answered without drawing is let in:
/// a signed address, whose picture is kept, and all that is not posted.
pub fn turned_away<B>(pool: &Pool, request: &Request<B>) -> Option<Response<Body>> {
    if request.method() != Method::POST {
        return None;
    }
    let path = request.uri().path();
    let ((_, route), meters) = QUEUED.iter().zip(&*METERS).find(|((below, _), _)| path.starts_with(below))?;
    if !pool.turns_away() {
        return None;
    }
    let asked = Asked::now(request.method(), request.headers(), route);
    meters::shed("queue");
    let (headers, body) = &*BUSY;
    let mut busy = Response::new(Body::from(body.clone()));
    *busy.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    *busy.headers_mut() = headers.clone();
    Some(asked.answered_by(busy, meters))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::super::pool::Turn;
    use super::*;
    use crate::limits::Limits;

    /// The answer to a request without a body.
    fn answer(pool: &Pool, method: &str, path: &str) -> Option<Response<Body>> {
        let request = Request::builder().method(method).uri(path).header("traceparent", TRACE);
        turned_away(pool, &request.body(()).unwrap())
    }

    const TRACE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn only_what_would_wait_is_turned_away_and_only_while_there_is_no_room() {
        let pool = Pool::start(1, 1, &Limits::default()).unwrap();
        let drawn =
            ["/v1/boards/leaderboard.png", "/v1/share-images/x.jpg", "/v1/cards/wechat/x.png", "/v1/share/tiktok/x?a=b"];
        assert!(drawn.iter().all(|path| answer(&pool, "POST", path).is_none()), "there is room");

        let (open, gate) = std::sync::mpsc::channel::<()>();
        let (started, is_started) = std::sync::mpsc::channel();
        let end = Instant::now() + Duration::from_mins(1);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let mut drawing = std::pin::pin!(pool.run(Turn::First, end, move |_| {
                started.send(()).unwrap();
                gate.recv().unwrap();
            }));
            let mut waiting = std::pin::pin!(pool.run(Turn::First, end, |_| ()));
            std::future::poll_fn(|context| {
                assert!(drawing.as_mut().poll(context).is_pending());
                is_started.recv().unwrap();
                assert!(waiting.as_mut().poll(context).is_pending());
                std::task::Poll::Ready(())
            })
            .await;
            for path in drawn {
                let away = answer(&pool, "POST", path).expect(path);
                assert_eq!(away.status(), 503);
                assert_eq!(
                    (&away.headers()["retry-after"], &away.headers()["x-request-id"]),
                    (&"1".parse().unwrap(), &TRACE[3..35].parse().unwrap())
                );
            }
            let let_in = ["/v1/boards", "/v1/sign", "/v1/i/k/s/p.png", "/docs", "/metrics"];
            assert!(let_in.iter().all(|path| answer(&pool, "POST", path).is_none()));
            assert!(drawn.iter().all(|path| answer(&pool, "GET", path).is_none()), "405 is another's to say");
            open.send(()).unwrap();
            assert_eq!((drawing.await, waiting.await), (Ok(()), Ok(())));
        });
        assert!(answer(&pool, "POST", drawn[0]).is_none(), "there is room again");
        pool.close(Duration::from_secs(5));
    }
}
