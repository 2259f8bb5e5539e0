/** What a picture may be, before anything is decoded. */
export const LIMITS = {
  /** Of a file. Bytes. */
  bytes: 50 * 1024 * 1024,
  /** Phones of 50 megapixels make up to 50.4. */
  pixels: 64_000_000,
  /** The longest that a WebP can have. Pixels. */
  side: 16_383,
  /** Frames times pixels of an animation; only the first frame is decoded, but the others are counted. */
  framePixels: 500_000_000,
}

/** Of one decoder process. */
export const PROCESS_LIMITS = {
  /** Milliseconds for one task. */
  inspecting: 10_000,
  rendering: 20_000,
  /** AVIF takes long; nobody waits for it. */
  background: 120_000,
  /** Resident memory. Bytes. */
  memory: 700 * 1024 * 1024,
}
