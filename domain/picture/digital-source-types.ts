/** Terms of the IPTC (https://cv.iptc.org/newscodes/digitalsourcetype/), by the last part of their address, and how the desk calls them. */
export const digitalSourceTypes: Record<string, string> = {
  digitalCapture: 'Photograph',
  computationalCapture: 'Photograph, computed from several exposures',
  negativeFilm: 'Scan of a negative',
  positiveFilm: 'Scan of a slide',
  print: 'Scan of a print',
  humanEdits: 'Edited by a person',
  compositeWithTrainedAlgorithmicMedia: 'Composed with generated parts',
  algorithmicallyEnhanced: 'Enhanced by a program',
  dataDrivenMedia: 'Made from data',
  digitalCreation: 'Drawn by a person',
  digitalArt: 'Digital art',
  softwareImage: 'Made with software',
  virtualRecording: 'Recorded in a virtual world',
  composite: 'Composed of several pictures',
  compositeCapture: 'Composed of photographs',
  compositeSynthetic: 'Composed, with synthetic parts',
  trainedAlgorithmicMedia: 'Generated',
  algorithmicMedia: 'Made by an algorithm',
  screenCapture: 'Screenshot',
  minorHumanEdits: 'Photograph with small edits',
}

const ADDRESS = /^https?:\/\/cv\.iptc\.org\/newscodes\/digitalsourcetype\/(\w+)\/?$/u

/** The term of an address, or the term itself; null for any other text. */
export function sourceTypeOf(text: string | undefined): string | null {
  const term = ADDRESS.exec(text ?? '')?.[1] ?? text ?? ''
  return Object.hasOwn(digitalSourceTypes, term) ? term : null
}

/** For structured data and labels in the bytes. */
export const sourceTypeAddress = (term: string) => `http://cv.iptc.org/newscodes/digitalsourcetype/${term}`

/** Terms of which readers are told, on the page and in structured data, that the picture is generated or has generated parts. */
export const generatedSourceTypes: readonly string[] = [
  'trainedAlgorithmicMedia',
  'compositeWithTrainedAlgorithmicMedia',
  'compositeSynthetic',
  'algorithmicMedia',
]
