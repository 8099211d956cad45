// How a module copies and fills memory where a phone has no instruction for it: eight bytes at a time. What wasm-opt puts in
// its place goes byte by byte, which was a seventh of a cold first frame.

/** `copy(to, from, size)`, whichever way the two overlap, and `fill(to, byte, size)`. */
export const COPIES = `(module
  (memory $0 1)
  (func $copy (export "copy") (param $to i32) (param $from i32) (param $size i32)
    (if (i32.le_u (local.get $to) (local.get $from))
      (then
        (block $words
          (loop $word
            (br_if $words (i32.lt_u (local.get $size) (i32.const 8)))
            (i64.store align=1 (local.get $to) (i64.load align=1 (local.get $from)))
            (local.set $to (i32.add (local.get $to) (i32.const 8)))
            (local.set $from (i32.add (local.get $from) (i32.const 8)))
            (local.set $size (i32.sub (local.get $size) (i32.const 8)))
            (br $word)))
        (block $bytes
          (loop $byte
            (br_if $bytes (i32.eqz (local.get $size)))
            (i32.store8 (local.get $to) (i32.load8_u (local.get $from)))
            (local.set $to (i32.add (local.get $to) (i32.const 1)))
            (local.set $from (i32.add (local.get $from) (i32.const 1)))
            (local.set $size (i32.sub (local.get $size) (i32.const 1)))
            (br $byte))))
      (else
        (block $words
          (loop $word
            (br_if $words (i32.lt_u (local.get $size) (i32.const 8)))
            (local.set $size (i32.sub (local.get $size) (i32.const 8)))
            (i64.store align=1
              (i32.add (local.get $to) (local.get $size))
              (i64.load align=1 (i32.add (local.get $from) (local.get $size))))
            (br $word)))
        (block $bytes
          (loop $byte
            (br_if $bytes (i32.eqz (local.get $size)))
            (local.set $size (i32.sub (local.get $size) (i32.const 1)))
            (i32.store8
              (i32.add (local.get $to) (local.get $size))
              (i32.load8_u (i32.add (local.get $from) (local.get $size))))
            (br $byte))))))
  (func $fill (export "fill") (param $to i32) (param $byte i32) (param $size i32)
    (local $eight i64)
    (local.set $eight
      (i64.mul
        (i64.extend_i32_u (i32.and (local.get $byte) (i32.const 255)))
        (i64.const 0x0101010101010101)))
    (block $words
      (loop $word
        (br_if $words (i32.lt_u (local.get $size) (i32.const 8)))
        (i64.store align=1 (local.get $to) (local.get $eight))
        (local.set $to (i32.add (local.get $to) (i32.const 8)))
        (local.set $size (i32.sub (local.get $size) (i32.const 8)))
        (br $word)))
    (block $bytes
      (loop $one
        (br_if $bytes (i32.eqz (local.get $size)))
        (i32.store8 (local.get $to) (local.get $byte))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (local.set $size (i32.sub (local.get $size) (i32.const 1)))
        (br $one)))))`;

/**
 * Puts them in the place of what `--llvm-memory-copy-fill-lowering` added to a module: its last two functions, in this order.
 */
export function withCopies(binaryen, bytes) {
  const module = binaryen.readBinary(bytes);
  const own = binaryen.parseText(COPIES);
  const params = binaryen.createType([binaryen.i32, binaryen.i32, binaryen.i32]);
  const lowered = [2, 1].map((behind) => binaryen.getFunctionInfo(module.getFunctionByIndex(module.getNumFunctions() - behind)));
  for (const [index, info] of lowered.entries()) {
    if (info.params !== params || info.results !== binaryen.none || info.module) {
      throw new Error("wasm-opt lowers copies otherwise than it did: look at copies.mjs");
    }
    const { vars, body } = binaryen.getFunctionInfo(own.getFunction(["copy", "fill"][index]));
    module.removeFunction(info.name);
    module.addFunction(info.name, params, binaryen.none, vars, module.copyExpression(body));
  }
  const { BulkMemory, SignExt, NontrappingFPToInt, MutableGlobals, ReferenceTypes, Multivalue } = binaryen.Features;
  module.setFeatures(BulkMemory | SignExt | NontrappingFPToInt | MutableGlobals | ReferenceTypes | Multivalue);
  if (!module.validate()) throw new Error("the module is none with its own copies: look at copies.mjs");
  const made = module.emitBinary();
  module.dispose();
  own.dispose();
  return made;
}
