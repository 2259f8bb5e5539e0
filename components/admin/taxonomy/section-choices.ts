import type { Section } from '@/domain/section/section'

export function sectionChoices(sections: Section[]): { value: string; label: string }[] {
  return [
    { value: '', label: 'No section yet' },
    ...sections.map(({ id, name }) => ({ value: String(id), label: name })),
  ]
}
