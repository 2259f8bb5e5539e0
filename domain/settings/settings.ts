/** How the house runs: what admins decide for everybody. */
export type Settings = {
  /** Reporters may publish stories of their own when no editor is there, with a reason. */
  reportersMayPublishAlone: boolean
}

/** A house in which nobody has decided anything yet. */
export const defaultSettings: Settings = { reportersMayPublishAlone: false }
