//! The description of the API, from the types that requests are read into.

use std::sync::OnceLock;

use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, Content, ContentBuilder, HeaderBuilder, InfoBuilder, LicenseBuilder, OpenApiBuilder, PathItem,
    PathsBuilder, Ref, RefOr, Required, Response, ResponseBuilder,
};
use utoipa::{PartialSchema, ToSchema};

use crate::friends::{Order, Ties, WithoutScore};
use crate::host::headless::Templates;
use crate::json;
use crate::pipeline::Request;
use crate::platform::Platform;
use crate::scene::BoardState;
use crate::share::image::ImageTemplate;
use crate::share::share_calls;
use crate::style::Dialect;
use crate::template::{LOCALES, THEMES};

/// The document, made when it is first asked for.
pub fn document(templates: &Templates) -> &'static str {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    DOCUMENT.get_or_init(|| json::write(&build(templates)))
}

fn build(templates: &Templates) -> utoipa::openapi::OpenApi {
    let names: Vec<&str> = templates.names().collect();
    let images: Vec<&str> = ImageTemplate::ALL.into_iter().map(ImageTemplate::name).collect();
    let licence = LicenseBuilder::new().name("MIT OR Apache-2.0").identifier(Some("MIT OR Apache-2.0")).build();
    let info = InfoBuilder::new()
        .title("friendboard")
        .version(env!("CARGO_PKG_VERSION"))
        .license(Some(licence))
        .description(Some("Friend lists, leaderboards and share cards of mini-games as pictures."));
    let board = post("drawBoard", "Draw a board", "A render request, as the library and the command line have it.")
        .parameter(path("board", words(names)))
        .parameter(path("format", words(FORMATS)))
        .request_body(Some(body(reference("Request"), BOARD)));
    let image = post("drawShareImage", "Draw a share image", "Friends and figures, and what is told of them.")
        .parameter(path("name", words(images)))
        .parameter(path("format", words(FORMATS)))
        .request_body(Some(body(object("Friend data in a platform's shape, or game, player, friends and week."), IMAGE)));
    let image = IMAGE_OPTIONS.iter().fold(image, |operation, (name, about)| operation.parameter(query(name, about)));
    let share =
        post("answerShareCall", "Answer a share call", "What the platform's callbacks get, before anybody sent anything.")
            .request_body(Some(body(object("The call's options, as the game gives them."), CALL)));
    let card = post("drawCard", "Draw the card of a share call", "The card as it will stand in the chat.")
        .parameter(path("format", words(FORMATS)))
        .request_body(Some(body(object("The call's options, as the game gives them."), CALL)));
    let of_a_call = |operation: OperationBuilder| {
        let operation = operation.parameter(path("platform", words(Platform::ALL.map(Platform::name))));
        let operation = operation.parameter(path("call", words(calls())));
        CALL_OPTIONS.iter().fold(operation, |operation, (name, about)| operation.parameter(query(name, about)))
    };
    let signed =
        operation("getSigned", "Get a signed picture", "What was signed, until its time. A platform fetches it as imageUrl.")
            .parameter(path("kid", text("The id of the key.")))
            .parameter(path("signature", text("HMAC-SHA256 over the rest of the address, base64url.")))
            .parameter(path("payload", text("The request, deflated, base64url.")))
            .parameter(path("format", words(FORMATS)));
    let sign = post("sign", "Sign an address", "Who has the server's token gets an address that a platform may fetch.")
        .request_body(Some(body(reference("SignRequest"), SIGN)))
        .security(SecurityRequirement::new("token", Vec::<String>::new()));
    let paths = PathsBuilder::new()
        .path("/v1/boards/{board}.{format}", PathItem::new(HttpMethod::Post, drawn(board)))
        .path("/v1/share-images/{name}.{format}", PathItem::new(HttpMethod::Post, drawn(image)))
        .path("/v1/share/{platform}/{call}", PathItem::new(HttpMethod::Post, answered(of_a_call(share), "ShareAnswer")))
        .path("/v1/cards/{platform}/{call}.{format}", PathItem::new(HttpMethod::Post, drawn(of_a_call(card))))
        .path("/v1/i/{kid}/{signature}/{payload}.{format}", PathItem::new(HttpMethod::Get, drawn(signed)))
        .path("/v1/sign", PathItem::new(HttpMethod::Post, answered(sign, "SignAnswer")))
        .path("/health", PathItem::new(HttpMethod::Get, told("health", "Whether the server is alive", &[("200", "It is.")])))
        .path("/ready", PathItem::new(HttpMethod::Get, told("ready", "Whether the server has room for more", READY)))
        .path(
            "/metrics",
            PathItem::new(HttpMethod::Get, told("metrics", "Metrics, as Prometheus reads them", &[("200", "The metrics.")])),
        );
    let mut schemas = vec![(Request::name().into_owned(), request())];
    Request::schemas(&mut schemas);
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    let components = ComponentsBuilder::new()
        .schemas_from_iter(schemas)
        .schema("Problem", problem())
        .schema("ShareAnswer", share_answer())
        .schema("SignRequest", sign_request())
        .schema("SignAnswer", sign_answer())
        .security_scheme("token", SecurityScheme::Http(token));
    OpenApiBuilder::new().info(info.build()).paths(paths).components(Some(components.build())).build()
}

const FORMATS: [&str; 3] = ["png", "jpg", "webp"];

const READY: &[(&str, &str)] = &[("200", "It has."), ("503", "The queue is full, or the server is ending.")];

const BOARD: &str = r#"{"width": 360, "height": 480, "data": [{"openid": "a", "nickname": "小明", "score": 1200}, {"openid": "b", "nickname": "Zoë", "score": 980}], "selfOpenid": "b"}"#;
const IMAGE: &str = r#"{"game": {"title": "Cube Jump"}, "player": {"name": "Zoë", "score": 1200}, "friends": [{"name": "小明", "score": 980}]}"#;
const CALL: &str = r#"{"title": "Can you beat me?"}"#;
const SIGN: &str =
    r#"{"board": "podium", "format": "png", "request": {"width": 360, "height": 480, "data": []}, "expiresIn": 3600}"#;

const IMAGE_OPTIONS: &[(&str, &str)] = &[
    ("size", "5:4 (500×400), 1:1 (500×500) or 1200x630"),
    ("dpr", "device px per px"),
    ("locale", "the language of the built-in texts"),
    ("self", "the player's own openid"),
    ("key", "the key whose value is the score"),
    ("order", "which score is better: desc, asc or none"),
    ("title", "the game's title, in place of the data's"),
    ("tagline", "a line below the title"),
    ("icon", "the game's icon"),
    ("message", "a line in place of the built-in challenge or invitation"),
];

const CALL_OPTIONS: &[(&str, &str)] = &[
    ("person", "what the person does: accept, cancel or no-app"),
    ("client", "the client's version"),
    ("library", "the base library's version"),
    ("domain", "where the call is made: main or open-data"),
    ("circumstances", "what else the call meets, JSON"),
    ("theme", "the chat that the card stands in: light or dark"),
    ("dpr", "device px per px"),
    ("channel", "which of several channels' cards, from 1"),
    ("drawAnyway", "true draws the card of a call that fails"),
];

fn calls() -> Vec<&'static str> {
    let mut names: Vec<&str> = Platform::ALL.into_iter().flat_map(share_calls).map(crate::platform::Call::name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn operation(id: &str, summary: &str, description: &str) -> OperationBuilder {
    OperationBuilder::new().operation_id(Some(id)).summary(Some(summary)).description(Some(description))
}

fn post(id: &str, summary: &str, description: &str) -> OperationBuilder {
    operation(id, summary, description)
}

fn body(schema: RefOr<Schema>, example: &str) -> RequestBody {
    let content = ContentBuilder::new().schema(Some(schema)).example(example.parse().ok()).build();
    RequestBodyBuilder::new().required(Some(Required::True)).content("application/json", content).build()
}

fn reference(name: &str) -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(name))
}

fn object(about: &str) -> RefOr<Schema> {
    RefOr::T(Schema::Object(ObjectBuilder::new().schema_type(Type::Object).description(Some(about)).build()))
}

fn text(about: &str) -> Schema {
    Schema::Object(ObjectBuilder::new().schema_type(Type::String).description(Some(about)).build())
}

fn words<'a>(words: impl IntoIterator<Item = &'a str>) -> Schema {
    Schema::Object(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).build())
}

fn path(name: &str, schema: Schema) -> Parameter {
    ParameterBuilder::new().name(name).parameter_in(ParameterIn::Path).required(Required::True).schema(Some(schema)).build()
}

fn query(name: &str, about: &str) -> Parameter {
    let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query).required(Required::False);
    parameter.description(Some(about)).schema(Some(text(about))).build()
}

fn with_problems(operation: OperationBuilder, statuses: &[(&str, &str)]) -> Operation {
    let problem = |about: &str| {
        let content = ContentBuilder::new().schema(Some(reference("Problem"))).build();
        ResponseBuilder::new().description(about).content("application/problem+json", content).build()
    };
    let operation = statuses.iter().fold(operation, |operation, (status, about)| operation.response(*status, problem(about)));
    operation.response("default", problem("What went wrong.")).build()
}

const PROBLEMS: &[(&str, &str)] = &[
    ("400", "The body is no text, or can't be unpacked."),
    ("404", "There is no board, platform, call or format of that name."),
    ("408", "The body took too long."),
    ("413", "The body is too long."),
    ("415", "The body is packed in an unknown way."),
    ("422", "The request can't be drawn: the diagnostics say why."),
    ("429", "Too many requests of one client."),
    ("503", "The queue is full."),
    ("504", "It took longer than a request may take."),
];

/// An operation that answers with a picture.
fn drawn(operation: OperationBuilder) -> Operation {
    let picture = || Content::new(Some(Schema::Object(ObjectBuilder::new().schema_type(SchemaType::AnyValue).build())));
    let header = |about: &str| HeaderBuilder::new().description(Some(about)).schema(text(about)).build();
    let done = ["image/png", "image/jpeg", "image/webp"]
        .into_iter()
        .fold(ResponseBuilder::new().description("The picture."), |response, kind| response.content(kind, picture()))
        .header("ETag", header("Of the request's content; where a picture on it is missing, there is none."))
        .header("friendboard-diagnostics", header("How many diagnostics there are."));
    let known = ResponseBuilder::new().description("The caller has it (If-None-Match).");
    let forbidden: &[(&str, &str)] = &[("403", "A signed address was forged, cut, or is of the past.")];
    let operation = operation.response("200", done.build()).response("304", known.build());
    with_problems(operation, &[forbidden, PROBLEMS].concat())
}

/// An operation that answers with JSON.
fn answered(operation: OperationBuilder, schema: &str) -> Operation {
    let content = ContentBuilder::new().schema(Some(reference(schema))).build();
    let done = ResponseBuilder::new().description("The answer.").content("application/json", content).build();
    let token: &[(&str, &str)] = &[("401", "The server's token is needed.")];
    with_problems(operation.response("200", done), &[token, PROBLEMS].concat())
}

/// An operation that answers with some text.
fn told(id: &str, summary: &str, statuses: &[(&str, &str)]) -> Operation {
    let answer = |about: &str| -> Response {
        ResponseBuilder::new().description(about).content("text/plain", Content::new(Some(text(about)))).build()
    };
    let operation = statuses
        .iter()
        .fold(operation(id, summary, summary), |operation, (status, about)| operation.response(*status, answer(about)));
    with_problems(operation, &[])
}

fn nullable(kind: Type) -> Schema {
    Schema::Object(ObjectBuilder::new().schema_type(SchemaType::from_iter([kind, Type::Null])).build())
}

fn problem() -> Schema {
    let diagnostic = ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("severity", words(["warning", "error"]))
        .property("code", text("The kind, a stable word."))
        .property("message", text("What was expected and what was found."))
        .property("document", nullable(Type::String))
        .property("line", nullable(Type::Integer))
        .property("column", nullable(Type::Integer))
        .property("path", nullable(Type::String))
        .property("hint", nullable(Type::String));
    let diagnostic = ["severity", "code", "message"].into_iter().fold(diagnostic, ObjectBuilder::required);
    let problem = ObjectBuilder::new()
        .schema_type(Type::Object)
        .description(Some("RFC 9457."))
        .property("type", text("about:blank: the status says what kind it is."))
        .property("title", text("What kind of thing went wrong."))
        .property("status", Schema::Object(ObjectBuilder::new().schema_type(Type::Integer).build()))
        .property("detail", text("What was expected and what was found."))
        .property("diagnostics", Schema::Array(ArrayBuilder::new().items(diagnostic).build()));
    let members = ["type", "title", "status", "detail", "diagnostics"];
    Schema::Object(members.into_iter().fold(problem, ObjectBuilder::required).build())
}

fn share_answer() -> Schema {
    let answer = ObjectBuilder::new()
        .schema_type(Type::Object)
        .description(Some("success, fail, or neither where no callback is called."));
    Schema::Object(answer.property("success", object("What success gets.")).property("fail", object("What fail gets.")).build())
}

fn sign_request() -> Schema {
    let integer = Schema::Object(ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).build());
    let request = ObjectBuilder::new()
        .schema_type(Type::Object)
        .description(Some("One of board, shareImage and card, with its request."))
        .property("board", text("The board that is drawn."))
        .property("shareImage", words(ImageTemplate::ALL.map(ImageTemplate::name)))
        .property("card", text("PLATFORM/CALL."))
        .property("request", object("As the body of the route that draws it."))
        .property("options", object("As the query of the route that draws it; not of a board."))
        .property("format", words(FORMATS))
        .property("expiresIn", integer);
    Schema::Object(request.build())
}

fn sign_answer() -> Schema {
    let answer = ObjectBuilder::new().schema_type(Type::Object).property("url", text("The address.")).property(
        "expires",
        Schema::Object(ObjectBuilder::new().schema_type(Type::Integer).description(Some("Seconds since 1970.")).build()),
    );
    Schema::Object(["url", "expires"].into_iter().fold(answer, ObjectBuilder::required).build())
}

/// The schema of a request: of its type, with the words of what it reads as words.
fn request() -> RefOr<Schema> {
    let mut schema = Request::schema();
    if let RefOr::T(Schema::Object(object)) = &mut schema {
        let mut set = |name: &str, schema: Schema| {
            object.properties.insert(name.to_owned(), RefOr::T(schema));
        };
        for size in ["width", "height", "dpr"] {
            set(size, Schema::Object(ObjectBuilder::new().schema_type(Type::Number).exclusive_minimum(Some(0)).build()));
        }
        set("theme", name_or_object(THEMES));
        set("locale", name_or_object(LOCALES));
        set("state", words(BoardState::ALL.map(|(keyword, _)| keyword)));
        set("dialect", words(Dialect::KEYWORDS.iter().copied()));
        set("order", words(Order::KEYWORDS.iter().copied()));
        set("ties", words(Ties::KEYWORDS.iter().copied()));
        set("withoutScore", words(WithoutScore::KEYWORDS.iter().copied()));
        // Here the address names the board.
        for elsewhere in ["board", "template", "styles"] {
            object.properties.remove(elsewhere);
        }
    }
    schema
}

/// A bundled one's name, or an object of one's own.
fn name_or_object(names: &[&str]) -> Schema {
    let either = OneOfBuilder::new().item(words(names.iter().copied())).item(object("One's own, by role or key."));
    Schema::OneOf(either.build())
}
