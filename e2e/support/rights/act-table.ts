import type { ActLine } from './act-line'
import { doorActs } from './acts-at-the-door'
import { correctionActs } from './acts-on-corrections'
import { actsOnNames } from './acts-on-names'
import { houseActs } from './acts-in-the-house'
import { previewActs } from './acts-on-previews'
import { storyActs } from './acts-on-stories'
import { wayActs } from './acts-on-the-way'
import { timeActs } from './acts-on-times'
import { versionActs } from './acts-on-versions'

/** Every action of the house, and who may do it. */
export const actTable: ActLine[] = [
  ...doorActs,
  ...storyActs,
  ...wayActs,
  ...timeActs,
  ...versionActs,
  ...correctionActs,
  ...previewActs,
  ...actsOnNames,
  ...houseActs,
]
