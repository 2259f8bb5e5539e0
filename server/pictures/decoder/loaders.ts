import sharp from 'sharp'

/** libvips reads files of these formats only; every other loader is blocked, those that a later version adds too. */
const ALLOWED = [
  'VipsForeignLoadJpegFile',
  'VipsForeignLoadPngFile',
  'VipsForeignLoadWebpFile',
  'VipsForeignLoadHeifFile',
  'VipsForeignLoadNsgifFile',
]

export function restrictLoaders() {
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: ALLOWED })
  // A picture is decoded once.
  sharp.cache(false)
  // Renditions are made beside each other (UV_THREADPOOL_SIZE), each on one core.
  sharp.concurrency(1)
}
