//! What each code of a diagnostic and each kind of error means, and what to do about it: the manual's page of errors. A test of
//! the house holds that no code is said which is not here, and that none is here which nobody says.

/// A code with what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The stable word: `unknown-property`.
    pub name: &'static str,
    /// What it means.
    pub about: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

const fn code(name: &'static str, about: &'static str, remedy: &'static str) -> Code {
    Code { name, about, remedy }
}

/// Codes of diagnostics: of what is said and stops nothing, or a part only.
pub const CODES: &[Code] = &[
    code(
        "ambiguous-score",
        "Several values could be the score; one was taken.",
        "Say which: --key KEY, or key in the options.",
    ),
    code("app-id", "The decrypted data is of another app.", "Give the app that it is of."),
    code(
        "bad-attribute",
        "An attribute's value can't be read.",
        "Write it as the message shows; `friendboard explain attributes` lists what each takes.",
    ),
    code(
        "bad-content",
        "Something stands between the tags of an element that has no place for it.",
        "Put text into <text>, and elements into <view> or <scrollview>.",
    ),
    code(
        "bad-expression",
        "An expression can't be compiled, or not be evaluated with this data.",
        "Look at the column that the message names; `friendboard explain filters` shows the grammar.",
    ),
    code(
        "bad-markup",
        "Rich text is not well-formed: a tag is not closed, or closes another.",
        "Close what is open; < is written &lt;.",
    ),
    code(
        "bad-message",
        "A message has a known word, and lacks what that word needs.",
        "Send what the message names; `friendboard explain messages` has an example of each.",
    ),
    code(
        "bad-value",
        "A property's value is none that it takes.",
        "Write one of the values that the message lists; `friendboard explain PROPERTY` shows them drawn.",
    ),
    code(
        "blurred-canvas",
        "The canvas has fewer pixels than the screen shows of it: the board looks blurred.",
        "Make the canvas as many px as the window's devicePixelRatio asks for.",
    ),
    code(
        "board",
        "The game's own board can't be used: nothing is drawn.",
        "Run `friendboard check` on its template and style.",
    ),
    code("call-failed", "A call of the platform failed.", "Look at what it failed with; the board goes on without it."),
    code("cancel", "The person closed the panel: nothing is sent.", "Nothing is to be done."),
    code("canvas-size", "The canvas has a size that can't be drawn.", "Give it a width and a height from 1 to the limits."),
    code(
        "canvas-style",
        "The canvas's style places it where nothing is seen, or can't be read.",
        "Give width, height, left and top in px.",
    ),
    code(
        "client-too-old",
        "The client is too old for the call or a parameter.",
        "Ask the platform's canIUse before it, or raise the least client.",
    ),
    code(
        "cloud-storage",
        "A call of the cloud storage is refused.",
        "Keep to the limits of the platform that the message names.",
    ),
    code(
        "configuration",
        "The configuration of a game is not there, or can't be read.",
        "Run `doctor` in the folder that has game.json or project.config.json.",
    ),
    code(
        "cut-string",
        "A text of the data is longer than a limit and was cut.",
        "Raise string_bytes where the data is trusted.",
    ),
    code(
        "cut-text",
        "A text is longer than a limit and was cut.",
        "Make it shorter, or raise the limit that the message names.",
    ),
    code("data-form", "The encrypted data is not in its form.", "Give it whole, as the platform answered it."),
    code(
        "data-prefix",
        "A thumbnail has the prefix of a data: address: it is left out for the platform.",
        "Write the base64 alone.",
    ),
    code(
        "distorted",
        "The canvas has another shape than its place on the screen.",
        "Leave its size to `canvas: { style }`, or give both in one ratio.",
    ),
    code(
        "dropped-friend",
        "An entry of the friend data can't be read: it is left out.",
        "Look at the member that the message names.",
    ),
    code("duplicate-friend", "Two entries have one openid: one of them is left out.", "Merge the lists before they are given."),
    code(
        "duplicate-id",
        "Two nodes have one id.",
        "Use class for what is alike; an id is for one node, or has the item in it.",
    ),
    code(
        "duplicate-key",
        "Two items of a loop have one key: they can't be told apart between two renders.",
        "Bind key to what is different in each, such as openid.",
    ),
    code("duplicate-name", "A style sheet has a name twice: the later one holds.", "Keep one, with what both say."),
    code("exclusive-parameters", "Two parameters that exclude each other are both there.", "Leave one out."),
    code(
        "failure-with-data",
        "The platform's answer is a failure, and has data too: the failure is shown.",
        "Look at errMsg in the data.",
    ),
    code("file-missing", "A file that the call names is not there.", "Look at the path below --assets."),
    code("file-unreadable", "A file that the call names can't be read.", "Look at its rights and its format."),
    code(
        "frame-cost",
        "Drawing one frame takes more work than a limit.",
        "Use fewer blurs, layers and shadows over large boxes, or raise work.",
    ),
    code("ignored-field", "A member of a friend is of the wrong type: it is passed over.", "Give it as the platform does."),
    code(
        "image-ratio",
        "The picture's sides have another ratio than the platform shows: it is cropped.",
        "Make it in the ratio that the message names.",
    ),
    code("invalid-parameter", "A parameter is not as the platform takes it.", "Write it as the message says."),
    code("invalid-utf8", "The data has bytes that are no UTF-8.", "Write the file as UTF-8; each such byte is read as U+FFFD."),
    code("iv-form", "The initial vector is not in its form.", "Give it whole, as the platform answered it."),
    code(
        "key-never-stored",
        "A key is asked for, and nothing in the game stores it.",
        "Post scores by `board.postScore`, or name the key that is stored.",
    ),
    code(
        "library-too-old",
        "The base library is too old for the call or a parameter.",
        "Ask the platform's canIUse before it, or raise the least library.",
    ),
    code(
        "limit",
        "Something is over a limit: it is left out.",
        "Make it less, or raise the limit with --limit; `friendboard explain limits` lists them.",
    ),
    code(
        "line-height",
        "A lineHeight is so small a number that a factor was perhaps meant: it is px.",
        "Write px, a percentage, or a text such as 1.5em.",
    ),
    code("link-ended", "A link is older than the platform keeps it.", "Share anew."),
    code("list-cut", "A list of a call is longer than a limit and was cut.", "Shorten it."),
    code(
        "malformed",
        "A document is no XML or no JSON, or is over a limit: nothing of it is read.",
        "Mend it where the message says; the column is where the reader stopped.",
    ),
    code("menu-hidden", "The forward menu is hidden.", "Call showShareMenu before."),
    code("message", "A message can't be read.", "Post an object, a word or JSON."),
    code("missing", "A parameter that the call needs is not there.", "Give it."),
    code("missing-data", "What should have friends in it has none.", "Give a list, or an answer of a platform's call."),
    code(
        "missing-file",
        "A file is named, and the package has none, or another kind of file.",
        "Copy it there; `friendboard init` writes the runtime's files.",
    ),
    code(
        "missing-font",
        "A bitmap font is not there or can't be read; an ordinary text stands in.",
        "Look at the path of the .fnt file, and at the pictures that it names.",
    ),
    code("missing-image", "The message needs a picture, and has none.", "Give one."),
    code(
        "missing-picture",
        "A picture is not there or can't be read; what stands in for it is drawn.",
        "Look at the path below --assets, or at the address; alt and seed say what stands in.",
    ),
    code("moments", "A mini program can't be sent to the moments.", "Send it to a friend: channelType wx."),
    code("more-diagnostics", "More of the same was found and is only counted.", "Mend the first ones."),
    code("network", "The network is not there, or ran into its time limit.", "Try again."),
    code(
        "never-opened",
        "Nothing in the main domain posts a message to the board.",
        "Call `board.open()` of friendboard-game.js.",
    ),
    code("no-address", "A link has no address that opens.", "Give one."),
    code("no-answer", "A call was not answered within its time.", "Look at the platform; the board offers to try again."),
    code("no-card", "No card is drawn.", "The call fails or sends no message: --draw-anyway draws it as it would have been."),
    code("no-effect", "A parameter does nothing here.", "Leave it out."),
    code(
        "no-group",
        "A group was asked for, and no ticket says which.",
        "Send the shareTicket of the share that the game was opened from.",
    ),
    code("no-handler", "The page has no onShareAppMessage: there is nothing to forward.", "Register one."),
    code(
        "no-image",
        "The message has no picture that is to be had here.",
        "Give it with --screenshot FILE where the platform takes it of the screen.",
    ),
    code("no-number", "A count that is shown is no number: it is shown as it is written.", "Write a number."),
    code(
        "no-open-data-context",
        "The configuration names no folder for the open data domain.",
        "Add `\"openDataContext\": \"openDataContext\"`.",
    ),
    code(
        "no-recipient",
        "A message can't be sent: nobody is named, or the platform has no such call.",
        "Bind the row's openid, or let the main domain share.",
    ),
    code(
        "no-room",
        "Padding leaves a text no room for its words.",
        "Make the padding smaller; where the board was made for the usual layout engine, write dialect=\"layout\" on the root.",
    ),
    code("no-scores", "No friend has a score.", "Say where it is: --key KEY, or a path such as daily.highestScore."),
    code("no-scrollview", "A message scrolls what the board has not.", "Give the scrollview that id, or leave id out."),
    code("no-share-info", "There is no information to share.", "Look at the app's state in the platform's console."),
    code("no-size", "The canvas has no width or no height.", "Give it both, such as 90vw and 70vh."),
    code("no-such-call", "The platform has no such call.", "Look at which platform the session runs on."),
    code("not-authorized", "The person has not granted what the call needs.", "Ask for it before."),
    code("not-better", "A score is no better than what is stored: nothing is stored.", "Nothing is to be done."),
    code("not-clicked", "The call must follow a tap of the person's.", "Call it from the tap's own handler."),
    code("not-installed", "The app to share to is not installed.", "Offer another way."),
    code("off-screen", "The canvas is beyond the screen.", "Put it where it is to be seen."),
    code(
        "options",
        "The options of `friendboard.start` can't be read.",
        "Mend what the message names; friendboard.d.ts has them all.",
    ),
    code("out-of-range", "A number is out of range and was brought into it.", "Write one within the range."),
    code("outside-file", "A script requires a file of the other domain.", "Say it by a message instead, or copy the file."),
    code(
        "page-size",
        "The data is one page of a longer order, and nothing says how long a page is.",
        "Say it with --page-size N.",
    ),
    code("path", "A page's path is not a full one.", "Begin it with /, as the message shows."),
    code("permission-denied", "The app has no permission for it on that platform.", "Ask for it in the platform's console."),
    code("person", "No other app takes part in sharing there: no-app is taken as accept.", "Leave it out."),
    code("platform", "The options name another platform than the project is for.", "Name the project's own in `platform`."),
    code("platform-fault", "A fault inside of the platform: no request shows it.", "Try again, and tell the person."),
    code(
        "query",
        "A query is not what the game that is opened can read.",
        "Give a JSON text, or KEY=VALUE pairs, as the message says.",
    ),
    code("re-encoded", "A picture was made lighter, as the platform demands.", "Look at it."),
    code(
        "refresh-failed",
        "Data could not be asked for anew: what was there stays.",
        "Look at what the platform said; a tap on retry asks again.",
    ),
    code("remote-image", "An address is not taken there: another picture is shown.", "Give a file of the game's package."),
    code(
        "sample-form",
        "The content is in the form of the documents' sample, and not in that of their table.",
        "Write the members that the message lists.",
    ),
    code("score-by-guess", "The score was found by how its key is called or by its values.", "Say which key it is: --key KEY."),
    code(
        "script-error",
        "A game's own script threw an error, or was stopped as it needed too much.",
        "Look at the line that the message names; a limit is raised with --limit.",
    ),
    code(
        "script-warning",
        "A game's own script did something that a phone passes over, or does otherwise.",
        "Look at the line.",
    ),
    code(
        "selector",
        "A name of the style sheet is a selector, and can't be one.",
        "Write a name alone: that of a class or an id.",
    ),
    code("session-key-form", "The session key is not in its form.", "Give it as the platform's server answered it."),
    code("sharing-denied", "The app's sharing is denied by the platform.", "Look at the platform's console."),
    code("text-cut", "A text of a call is longer than a limit and was cut.", "Shorten it."),
    code("text-too-long", "A text is longer than the platform shows.", "Shorten it."),
    code("thumbnail", "A thumbnail is no picture.", "Give the base64 of a PNG, JPEG, GIF or WebP."),
    code("too-heavy", "A picture has more bytes than the platform takes.", "`friendboard card --image` makes it light enough."),
    code(
        "too-large",
        "The package is larger than the platform takes.",
        "Take the canvas2d painter, smaller fonts, or subpackages.",
    ),
    code("too-long", "A text is longer than the platform takes.", "Shorten it."),
    code(
        "too-many-friends",
        "More friends than a limit: the rest are ranked and not drawn.",
        "Raise friends, or show the best with --top.",
    ),
    code("too-many-members", "More members than the platform shows.", "Leave the rest out."),
    code("too-old", "The client or the base library is too old for a call.", "Ask with canIUse before it."),
    code("unasked-keys", "The platform answers only keys that were asked for.", "Name them in keyList."),
    code("unavailable", "A sticker or template is not to be had.", "Take another."),
    code("unhandled-rejection", "A promise of a game's own script was rejected, and nothing caught it.", "Catch it."),
    code(
        "unknown-attribute",
        "A tag has no such attribute: it is passed over.",
        "Take the name that is meant; `friendboard explain attributes` lists them.",
    ),
    code("unknown-channel", "There is no such channel.", "Take one of those that the message lists."),
    code("unknown-class", "The style sheet has no style of that name, but one that is spelled alike.", "Spell both alike."),
    code("unknown-family", "No font is called that.", "Give the font with --font, or name one that there is."),
    code("unknown-field", "A member of a call's argument is not known.", "Take the name that is meant."),
    code("unknown-key", "No friend has a value under the key that was asked for.", "Spell it as the data does."),
    code(
        "unknown-member",
        "What is named has no such member.",
        "Take the name that is meant; `friendboard explain variables` lists them.",
    ),
    code(
        "unknown-message",
        "A message has no word that is known: it is passed over.",
        "Send a known word, or map your own: `words` in the options; `friendboard explain messages` lists them.",
    ),
    code(
        "unknown-name",
        "Nothing that a template can name is called that.",
        "Take the name that is meant, or give a value of your own with --var NAME=VALUE.",
    ),
    code("unknown-parameter", "A call has no such parameter.", "Take the name that is meant; see `friendboard card --help`."),
    code(
        "unknown-property",
        "There is no such property: it is passed over.",
        "Take the name that is meant; `friendboard explain properties` lists them.",
    ),
    code(
        "unknown-self",
        "Nobody among the friends is who the caller says that self is.",
        "Give the openid as the data has it: --self, or selfOpenid in a message.",
    ),
    code(
        "unknown-tag",
        "There is no such tag: the element is drawn as a view.",
        "Take the tag that is meant; `friendboard explain tags` lists them.",
    ),
    code(
        "unknown-template",
        "The template is none that passed the platform's review.",
        "Give it among the circumstances, or its id as the console has it.",
    ),
    code(
        "unknown-test",
        "There is no test or comparison of that name.",
        "Take the name that is meant; `friendboard explain filters` lists them.",
    ),
    code("unknown-ticket", "The ticket is none of this run of the app.", "Take it from the launch or show event."),
    code(
        "unread-key",
        "A file of colours or texts has a key that nothing reads.",
        "Take the name that is meant, or leave it out.",
    ),
    code("unreadable-score", "A score is no number.", "Store numbers, or a JSON object with the number in it."),
    code("unsupported", "This client can't do that.", "Ask canIUse, and offer another way."),
    code("unsupported-channel", "This client has no such channel.", "Leave the channel out."),
    code("video-too-short", "The video is shorter than the platform takes.", "Make it longer."),
    code(
        "wrong-domain",
        "The call is made in a domain that has it not.",
        "Call it in the main domain, or in the open data domain, as the message says.",
    ),
    code(
        "wrong-folder",
        "The folder of the open data domain is not there, or has no index.js.",
        "Spell it as the folder is; `friendboard init` writes one.",
    ),
    code("wrong-type", "A parameter of a call has the wrong type.", "Give it as the platform's documents say."),
];

/// Kinds of errors, which stop a call: [`ErrorKind::code`](super::ErrorKind::code). A passed limit is a code of diagnostics too.
pub const KINDS: &[Code] = &[
    code(
        "deadline",
        "It took longer than the host gave it.",
        "Give it more time, or ask for less: fewer friends, a smaller canvas.",
    ),
    code(
        "data",
        "The friend data, a script or a request can't be read at all.",
        "Mend it at the line and column that the message names.",
    ),
    code("expression", "An expression can't be compiled or evaluated.", "`friendboard explain filters` shows the grammar."),
    code("font", "A font can't be read.", "Use TrueType or OpenType, or a .fnt for bitmap text."),
    code("io", "A file or a stream can't be read or written.", "Look at the path and its rights."),
    code("picture", "A picture can't be decoded or encoded.", "Use PNG, JPEG, WebP or GIF."),
    code("platform", "The platform answered with a failure.", "Look at its message."),
    code(
        "style",
        "The style sheet is not JSON, or not one of names and styles.",
        "`friendboard check TEMPLATE STYLE` lists all of it.",
    ),
    code(
        "template",
        "The template is not well-formed, or `check` or `--strict` found something in it.",
        "`friendboard check TEMPLATE STYLE` lists all of it.",
    ),
    code(
        "usage",
        "The call itself is wrong: a name, an option, a value.",
        "The exit status is 2; `--help` lists what there is.",
    ),
];
