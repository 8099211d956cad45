// The command line: the same program as the native one, with the same arguments.
"use strict";
const { writeSync } = require("node:fs");
const { instantiate } = require("./host.cjs");

/** The exit status of a program that was stopped by a fault of its own, as the native one gives it. */
const STOPPED = 101;

/**
 * Runs the command line. With `capture` what it says is in the answer, else it goes to the standard streams.
 *
 * @param {readonly string[]} args as on the command line
 * @param {{ folder?: string, capture?: boolean }} [options]
 * @returns {{ status: number, output: Buffer, errors: Buffer }}
 */
function run(args, { folder = process.cwd(), capture = false } = {}) {
  const said = { 1: [], 2: [] };
  const captured = capture ? { write: (stream, bytes) => said[stream].push(bytes) } : undefined;
  const answer = (status) => ({ status, output: Buffer.concat(said[1]), errors: Buffer.concat(said[2]) });
  try {
    return answer(instantiate(["friendboard", ...args], folder, captured).friendboard_command_line());
  } catch (error) {
    // A trap: what led to it has been said on standard error.
    if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
    const text = `error: friendboard stopped: ${error.message}\n`;
    if (capture) said[2].push(Buffer.from(text));
    else writeSync(2, text);
    return answer(STOPPED);
  }
}

exports.run = run;
