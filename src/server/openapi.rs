//! The description of the API, from the types that requests are read into.

use std::sync::OnceLock;

use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{AdditionalProperties, ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type};
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

use super::settings::Settings;

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
        .parameter(path("board", words(names.iter().copied())))
        .parameter(path("format", words(FORMATS)))
        .request_body(Some(body(reference("Request"), BOARD)));
    let image = post("drawShareImage", "Draw a share image", "Friends and figures, and what is told of them.")
        .parameter(path("name", words(images)))
        .parameter(path("format", words(FORMATS)))
        .request_body(Some(body(object("Friend data in a platform's shape, or game, player, friends and week."), IMAGE)));
    let image = with_queries(image, image_options());
    let share =
        post("answerShareCall", "Answer a share call", "What the platform's callbacks get, before anybody sent anything.")
            .request_body(Some(body(object("The call's options, as the game gives them."), CALL)));
    let card = post("drawCard", "Draw the card of a share call", "The card as it will stand in the chat.")
        .parameter(path("format", words(FORMATS)))
        .request_body(Some(body(object("The call's options, as the game gives them."), CALL)));
    let of_a_call = |operation: OperationBuilder| {
        let operation = operation.parameter(path("platform", words(Platform::ALL.map(Platform::name))));
        let operation = operation.parameter(path("call", words(calls())));
        with_queries(operation, call_options())
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
        .schema("SignRequest", sign_request(&names))
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

/// The members of [`ImageOptions`](crate::host::headless::ImageOptions), as a query has them.
fn image_options() -> Vec<(&'static str, ObjectBuilder)> {
    let text = |about: &str| ObjectBuilder::new().schema_type(Type::String).description(Some(about));
    vec![
        (
            "size",
            text("5:4 (500×400), 1:1 (500×500), or width and height of 200 to 4096 px such as 1200x630")
                .pattern(Some("^(5:4|1:1|[1-9][0-9]{0,3}[x×][1-9][0-9]{0,3})$")),
        ),
        ("dpr", positive("device px per px")),
        ("theme", text("the theme, in place of the image's own colours").enum_values(Some(THEMES.iter().copied()))),
        ("locale", text("the language of the image's own texts").enum_values(Some(LOCALES.iter().copied()))),
        ("self", text("the player's own openid")),
        ("key", text("the key whose value is the score")),
        ("order", text("which score is better").enum_values(Some(Order::KEYWORDS.iter().copied()))),
        ("title", text("the game's title, in place of the data's")),
        ("tagline", text("a line below the title")),
        ("icon", text("the game's icon")),
        ("message", text("a line in place of the built-in challenge or invitation")),
    ]
}

/// The members of [`CallOptions`](crate::host::headless::CallOptions), as a query has them.
fn call_options() -> Vec<(&'static str, ObjectBuilder)> {
    let text = |about: &str| ObjectBuilder::new().schema_type(Type::String).description(Some(about));
    let one_of = |about: &str, words: &[&'static str]| text(about).enum_values(Some(words.iter().copied()));
    let version = |about: &str| text(about).pattern(Some(r"^[0-9]{1,4}(\.[0-9]{1,4}){0,3}$"));
    let channel = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
    let answered = ObjectBuilder::new().schema_type(Type::Boolean);
    vec![
        ("person", one_of("what the person does", &["accept", "cancel", "no-app"])),
        ("client", version("the client's version")),
        ("library", version("the base library's version")),
        ("domain", one_of("where the call is made", &["main", "open-data"])),
        ("circumstances", text("what else the call meets: an object of JSON").pattern(Some(r"^\s*\{"))),
        ("theme", one_of("the chat that the card stands in", &["light", "dark"])),
        ("dpr", positive("device px per px")),
        ("channel", channel.description(Some("which of several channels' cards, from 1"))),
        ("drawAnyway", answered.description(Some("true draws the card of a call that fails"))),
    ]
}

fn positive(about: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Number).exclusive_minimum(Some(0)).description(Some(about))
}

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

fn with_queries(operation: OperationBuilder, options: Vec<(&str, ObjectBuilder)>) -> OperationBuilder {
    options.into_iter().fold(operation, |operation, (name, schema)| {
        let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query).required(Required::False);
        operation.parameter(parameter.schema(Some(Schema::Object(schema.build()))).build())
    })
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

fn null() -> Schema {
    Schema::Object(ObjectBuilder::new().schema_type(Type::Null).build())
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

/// One of a board, a share image and a card: what is not said may be null, as everywhere.
fn sign_request(boards: &[&str]) -> Schema {
    let cards: Vec<String> = Platform::ALL
        .into_iter()
        .flat_map(|platform| share_calls(platform).map(move |call| format!("{}/{}", platform.name(), call.name())))
        .collect();
    let images = ImageTemplate::ALL.map(ImageTemplate::name);
    let either = |schema: Schema| Schema::OneOf(OneOfBuilder::new().item(schema).item(null()).build());
    let kind = |named: &str, names: Schema, about: &str| {
        let longest = Settings::LONGEST.as_secs() as f64;
        let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1.0)).maximum(Some(longest)).build();
        let request = ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some(about))
            .property("format", either(words(FORMATS)))
            .property("expiresIn", either(Schema::Object(seconds)))
            .property("expires", null())
            .additional_properties(Some(AdditionalProperties::FreeForm(false)));
        let request = match named {
            "board" => request.property("request", reference("Request")).property("options", null()).required("request"),
            _ => request
                .property("request", object("As the body of the route that draws it."))
                .property("options", object("As the query of the route that draws it.")),
        };
        let others = ["board", "shareImage", "card"].into_iter().filter(|other| *other != named);
        let request = others.fold(request, |request, other| request.property(other, null()));
        Schema::Object(request.property(named, names).required(named).build())
    };
    let one = OneOfBuilder::new()
        .description(Some("One of board, shareImage and card, with its request."))
        .item(kind("board", words(boards.iter().copied()), "A board."))
        .item(kind("shareImage", words(images), "A share image."))
        .item(kind("card", words(cards.iter().map(String::as_str)), "The card of a platform's call, PLATFORM/CALL."));
    Schema::OneOf(one.build())
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
            set(size, Schema::Object(positive("").description(None::<&str>).build()));
        }
        let zone = text("On whose clocks dates are shown: +08:00, Z.");
        set("zone", Schema::OneOf(OneOfBuilder::new().item(zone).item(null()).build()));
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
