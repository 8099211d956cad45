// An editor for tests: it notes in a file what it was asked to open.
import { writeFileSync } from "node:fs";

writeFileSync(process.argv[2], process.argv.slice(3).join(" "));
