#!/usr/bin/env node
// CommonJS, as is what it loads: Node has that ready some milliseconds earlier.
"use strict";
const { run } = require("../lib/command.cjs");

// At once: all that was said is written, and nobody needs the memory to be put in order first.
process.exit(run(process.argv.slice(2)).status);
