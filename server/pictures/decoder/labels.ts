import type { Labels } from '@/domain/picture/look'

const TERMS = 'http://cv.iptc.org/newscodes/digitalsourcetype/'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string) => text.replaceAll(/[&<>"]/gu, (character) => escapes[character] ?? '')

const item = (text: string) => `<rdf:li>${escape(text)}</rdf:li>`
const inLanguages = (name: string, text: string) =>
  `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${escape(text)}</rdf:li></rdf:Alt></${name}>`

/** The XMP packet of a rendition: whose picture it is and what it shows, and nothing else of the original's metadata. */
export function xmpOf({ credit, copyright, creators, alt, digitalSourceType }: Labels): string | null {
  const properties = [
    creators.length > 0 && `<dc:creator><rdf:Seq>${creators.map(item).join('')}</rdf:Seq></dc:creator>`,
    copyright && inLanguages('dc:rights', copyright),
    credit && `<photoshop:Credit>${escape(credit)}</photoshop:Credit>`,
    alt && inLanguages('Iptc4xmpCore:AltTextAccessibility', alt),
    digitalSourceType &&
      `<Iptc4xmpExt:DigitalSourceType>${escape(termOf(digitalSourceType))}</Iptc4xmpExt:DigitalSourceType>`,
  ].filter(Boolean)
  if (properties.length === 0) return null
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">${properties.join('')}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`
}

const termOf = (type: string) => (type.includes('/') ? type : TERMS + type)
