import type { ContentCredentials } from './content-credentials'

/**
 * What a block of a file says of its picture. Every text is cleaned (no control characters but line breaks, no invisible characters that change
 * direction or separate nothing) and not empty; a field that the block does not have is absent.
 */
export type Told = {
  headline?: string
  /** The short reference of the title (IPTC object name). */
  title?: string
  caption?: string
  /** Who wrote the caption. */
  captionWriter?: string
  creators?: string[]
  creatorsTitle?: string
  credit?: string
  source?: string
  copyright?: string
  instructions?: string
  usageTerms?: string
  /** Whether it says that it is in copyright. */
  marked?: boolean
  /** The address of the licence. This and `url` below are texts of the file: `webAddress` tells whether one may become a link. */
  webStatement?: string
  licensors?: { name?: string; url?: string }[]
  altText?: string
  longDescription?: string
  people?: string[]
  keywords?: string[]
  location?: string
  city?: string
  province?: string
  country?: string
  countryCode?: string
  event?: string
  /** The agency's number of the job or the picture. */
  reference?: string
  category?: string
  urgency?: string
  /** The address of the term, as https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia. */
  digitalSourceType?: string
  /** Times as `2017-07-13`, or `2017-07-13T17:01:00` with `Z` or an offset where it is known. One that is no date is absent. */
  takenAt?: string
  releaseDate?: string
  expirationDate?: string
  licenseStartDate?: string
  licenseEndDate?: string
}

export type Block = 'xmp' | 'iptc' | 'exif'

/** For the desk only: never in a public byte. */
export type PrivateDetails = {
  /** Degrees; south and west are negative. Metres. */
  gps?: { latitude: number; longitude: number; altitude?: number }
  /** Serial numbers of camera and lens. */
  serialNumbers?: string[]
  /** The camera's owner. */
  owner?: string
  /** Whether the file had a smaller picture inside, which may show something else. */
  hasThumbnail?: true
}

/** A picture's metadata as it came in the file: written once and never changed. What the desk says stands beside it. */
export type AsItCame = {
  version: 1
  /** Field by field: XMP over IPTC over EXIF. */
  told: Told
  /** What each block says by itself. */
  blocks: Partial<Record<Block, Told>>
  camera: { make?: string; model?: string; lens?: string; software?: string; exposure?: string; iso?: number }
  private: PrivateDetails
  /** A C2PA manifest; null where there is none. */
  credentials: ContentCredentials | null
}

/** The text as an address for a link; null for any other text, and for addresses that run scripts. */
export function webAddress(text: string | undefined): string | null {
  if (text === undefined || !/^https?:\/\//iu.test(text) || !URL.canParse(text)) return null
  return new URL(text).href
}
