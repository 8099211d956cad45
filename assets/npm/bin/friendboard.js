#!/usr/bin/env node
import { run } from "../lib/command.js";

process.exitCode = run(process.argv.slice(2)).status;
