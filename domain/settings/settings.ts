import { z } from 'zod'

type Choices = [{ value: string; label: string }, ...{ value: string; label: string }[]]

/** All that the settings page, the operation and the history need. */
type Setting<Value> = {
  default: Value
  heading: string
  explanation: string
  label: string
  choices: Choices
  /** Parses the form's value. */
  field: z.ZodType<Value>
  /** A stored value; the default if it is missing or of another type. */
  read: (stored: unknown) => Value
  /** As one of `choices`. */
  toField: (stored: unknown) => string
  /** For the history, and after saving. */
  sentence: (stored: unknown) => string
}

type YesOrNo = Pick<Setting<boolean>, 'default' | 'heading' | 'explanation' | 'label'> & {
  labels: { yes: string; no: string }
  sentence: (value: boolean) => string
}

function yesOrNo({ labels, sentence, ...setting }: YesOrNo): Setting<boolean> {
  const read = (stored: unknown) => (typeof stored === 'boolean' ? stored : setting.default)
  return {
    ...setting,
    choices: [
      { value: 'no', label: labels.no },
      { value: 'yes', label: labels.yes },
    ],
    field: z.enum(['yes', 'no'], 'Choose one of the two.').transform((value) => value === 'yes'),
    read,
    toField: (stored) => (read(stored) ? 'yes' : 'no'),
    sentence: (stored) => sentence(read(stored)),
  }
}

/** Every setting of the newsroom, in the order of the page. The key is also the name in the database and in the history, and never changes. */
export const settingDeclarations = {
  reportersMayPublishAlone: yesOrNo({
    default: false,
    heading: 'When no editor is there',
    explanation:
      'A reporter can then publish a story of their own, with a reason. Every editor sees it at the top of the desk until one of them has looked at it, and the history keeps it.',
    label: 'Reporters may publish when no editor is there',
    labels: { no: 'No: only editors publish', yes: 'Yes, their own stories, with a reason' },
    sentence: (allowed) =>
      allowed ? 'Let reporters publish their own stories when no editor is there.' : 'Left publishing to editors only.',
  }),
}

type Declarations = typeof settingDeclarations
export type SettingName = keyof Declarations
export type Settings = { [Name in SettingName]: Declarations[Name]['default'] }
export type SettingValue = Settings[SettingName]

export const settingNames = Object.keys(settingDeclarations) as [SettingName, ...SettingName[]]

/** @param stored values by name, as the database has them */
export const settingsFrom = (stored: Record<string, unknown>): Settings =>
  Object.fromEntries(settingNames.map((name) => [name, settingDeclarations[name].read(stored[name])])) as Settings

/** @param name of a setting that this build may not have */
export function settingSentence(name: string, value: unknown): string {
  const known = settingNames.find((other) => other === name)
  return known ? settingDeclarations[known].sentence(value) : `Changed the setting ${name}.`
}
