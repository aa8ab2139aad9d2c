;; Holds text against a run of given bytes and hex digits, 16 at a time. `scripts/compile-wat.ts` makes byte-runs.wasm.ts of it.
(module
  ;; Runs first, then the text (byte-runs.ts has the places).
  (memory (export "memory") 2)

  ;; A run is 48 bytes for each 16 of the text: the given bytes, then a mask of those that are given (0xff),
  ;; then a mask of those that are lowercase hex digits. Behind its end neither mask is set.
  ;; Returns 1 where the text from $text on fits to the run from $run to $end, else 0.
  (func (export "matches") (param $text i32) (param $run i32) (param $end i32) (result i32)
    (local $bytes v128)
    (local $wrong v128)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $run) (local.get $end)))
        (local.set $bytes (v128.load (local.get $text)))
        (local.set $wrong
          (v128.or
            (local.get $wrong)
            (v128.or
              ;; Given, and another one.
              (v128.and
                (v128.load offset=16 (local.get $run))
                (i8x16.ne (local.get $bytes) (v128.load (local.get $run))))
              ;; A hex digit, and neither 0-9 nor a-f: as unsigned bytes, at least 10 above '0' and at least 6 above 'a'.
              (v128.and
                (v128.load offset=32 (local.get $run))
                (v128.and
                  (i8x16.ge_u
                    (i8x16.sub (local.get $bytes) (i8x16.splat (i32.const 0x30)))
                    (i8x16.splat (i32.const 10)))
                  (i8x16.ge_u
                    (i8x16.sub (local.get $bytes) (i8x16.splat (i32.const 0x61)))
                    (i8x16.splat (i32.const 6))))))))
        (local.set $text (i32.add (local.get $text) (i32.const 16)))
        (local.set $run (i32.add (local.get $run) (i32.const 48)))
        (br $next)))
    (i32.eqz (v128.any_true (local.get $wrong)))))
