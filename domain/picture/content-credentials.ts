/**
 * What a C2PA manifest in the file says. It is shown as a claim of whoever signed: there is no list of trusted signers here, and the signature is not
 * checked, so it is never shown as verified.
 */
export type ContentCredentials = {
  verified: false
  /** The label of the active manifest. */
  manifest: string
  /** The program that made the claim. */
  generator?: string
  authors: string[]
  /** As `c2pa.created`, in their order. */
  actions: string[]
  digitalSourceTypes: string[]
  /** Whose the signing certificate is, by its own words. */
  signer?: string
  /** Manifests in the file: the active one and those of its ingredients. */
  manifests: number
  /** Whether the manifest could be read only in part. */
  damaged?: true
}
