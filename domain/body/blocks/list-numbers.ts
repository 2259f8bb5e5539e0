/** What numbers the items of a list; a `List` is one. */
type Numbered = {
  attrs?: { start?: number; reversed?: boolean }
  content: readonly { attrs?: { value?: number } }[]
}

/** The number of each item (HTML, "ordinal value"). A list that counts down begins with the number of its items. */
export function itemNumbers({ attrs = {}, content }: Numbered): number[] {
  const step = attrs.reversed ? -1 : 1
  let next = attrs.start ?? (attrs.reversed ? content.length : 1)
  return content.map((item) => {
    const number = item.attrs?.value ?? next
    next = number + step
    return number
  })
}

/** A number as it stands before its item: "3.", "c.", "iii.". Letters and Roman numerals have no zero: then figures, as in browsers. */
export function numberSign(number: number, type?: string | null): string {
  return `${numeral(number, type)}.`
}

function numeral(number: number, type?: string | null): string {
  switch (type) {
    case 'a':
      return letters(number) ?? String(number)
    case 'A':
      return letters(number)?.toUpperCase() ?? String(number)
    case 'i':
      return roman(number)?.toLowerCase() ?? String(number)
    case 'I':
      return roman(number) ?? String(number)
    default:
      return String(number)
  }
}

/** CSS Counter Styles 3, "lower-alpha": a to z, aa, ab and so on. */
function letters(number: number): string | null {
  if (number < 1) return null
  let [rest, text] = [number, '']
  while (rest > 0) {
    rest -= 1
    text = String.fromCodePoint(97 + (rest % 26)) + text
    rest = Math.floor(rest / 26)
  }
  return text
}

const ROMAN: [number, string][] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]

/** CSS Counter Styles 3, "upper-roman": 1 to 3,999. */
function roman(number: number): string | null {
  if (number < 1 || number > 3999) return null
  let rest = number
  return ROMAN.reduce((text, [value, sign]) => {
    const times = Math.floor(rest / value)
    rest -= times * value
    return text + sign.repeat(times)
  }, '')
}
