import { getSchema } from '@tiptap/core'
import type { ContentMatch, Mark, Node, NodeType } from '@tiptap/pm/model'
import { bodyExtensions } from '@/components/admin/body/body-extensions'
import { nodeSpecs } from '@/domain/body/blocks'

export const schema = getSchema(bodyExtensions)

/** One top-level block. With `attribute` it shows a value of that attribute; cases of one `place` differ in nothing else. */
export type SchemaCase = { name: string; block: Node; attribute?: string; place?: string; isAtom: boolean }

/** Attributes that nothing shows: the name for life, and what a link does when it is followed. */
const UNSEEN = new Set(['id', 'link.target', 'link.rel', 'link.class', 'link.title'])

/** Values of the attributes for which the domain declares no way to read them. */
const GIVEN: Record<string, unknown[]> = {
  'heading.level': [2, 3],
  'embed.href': ['https://harbour.example/tides', 'https://www.youtube.com/watch?v=abcdefghijk'],
  'embed.title': ['', 'The tides of Lower Quibble'],
  'correctionNote.correctionId': [7, 8],
  'link.href': ['https://harbour.example/tides', '/harbour/herring-votes', '#note', 'mailto:desk@harbour.example'],
}

/** Where an attribute has a value, others of its node must have one. */
const NEEDED: Record<string, Record<string, unknown>> = {
  embed: { href: 'https://harbour.example/tides' },
  correctionNote: { correctionId: 9 },
}

const CANDIDATES = [0, 1, 2, 3, 7, 27, -3, 4000, 'a', 'A', 'i', 'I', true]

/** Texts that HTML, XML, JSON or a browser could change. */
const ODD_TEXTS = [
  '<b>&amp;</b> "two" \'one\' ]]>',
  'a\u00a0b\u202fc\u2009d',
  'soft\u00adhyphen and zero\u200bwidth',
  'e\u0301 é ﬁ Ǆ ß',
  '👩‍👩‍👧 🇩🇰 ❄️ 1️⃣',
  'غزة: قال (UNRWA) 2',
  '10⁶ ½ ² ₂ ™',
  'two  spaces\tand a tab',
  'a line\nand a second one',
  '1. no list, * nor this, ~~nor~~ _that_',
  'line\u2028and paragraph\u2029separators',
  'a byte\ufefforder mark',
]

/** Nodes of which their parent has at most one. */
const SINGLE = new Set(['tableCaption', 'attribution'])

/**
 * The whole schema: each node in each that may contain it; each attribute with several values, in the first, the middle and the last of three
 * siblings, and beside each other attribute of its node; each mark and pair of marks in each kind of line; line breaks; odd texts.
 */
export function schemaCases(): SchemaCase[] {
  return Object.values(schema.nodes).flatMap((type) => {
    if (type.isText || type === schema.topNodeType) return []
    const inParents = parentsOf(type).flatMap((parent) =>
      type.isInline ? inlineCase(type, parent) : nodeCases(type, parent),
    )
    return type.inlineContent ? [...inParents, ...lineCases(type)] : inParents
  })
}

/** The attributes that must be seen: each needs two values that look different. */
export const seenAttributes: string[] = [...Object.values(schema.nodes), ...Object.values(schema.marks)].flatMap(
  (type) => attributesOf(type).map((attribute) => `${type.name}.${attribute}`),
)

function attributesOf(type: { name: string; spec: { attrs?: unknown } }): string[] {
  return Object.keys(type.spec.attrs ?? {}).filter((name) => !UNSEEN.has(name) && !UNSEEN.has(`${type.name}.${name}`))
}

function valuesOf(type: string, attribute: string): unknown[] {
  const declared = nodeSpecs[type]?.attributes?.[attribute]
  if (!declared) return GIVEN[`${type}.${attribute}`] ?? CANDIDATES
  return [...new Set(CANDIDATES.map((value) => declared.read(value)))].filter((value) => value !== undefined)
}

function inlineCase(type: NodeType, parent: NodeType): SchemaCase[] {
  const line = [
    schema.text('one'),
    type.create(),
    schema.text('two'),
    type.create(),
    type.create(),
    schema.text('three'),
  ]
  return [
    { name: `${type.name} in ${parent.name}`, block: inDocument(parent.create(needed(parent), line)), isAtom: false },
  ]
}

function nodeCases(type: NodeType, parent: NodeType): SchemaCase[] {
  const isAtom = type.isAtom && type.spec.attrs !== undefined && attributesOf(type).length > 0
  const count = SINGLE.has(type.name) || type.isInGroup('block') ? 1 : 3
  const inside = (attrs: object, at: number) => {
    const nodes = Array.from({ length: count }, (_, index) =>
      filled(type, { ...needed(type), ...(index === at && attrs) }, [parent]),
    )
    const [first] = nodes
    return parent === schema.topNodeType && first ? first : inDocument(around(parent, nodes))
  }
  const name = `${type.name} in ${parent.name}`
  const cases: SchemaCase[] = [{ name, block: inside({}, 0), isAtom }]
  const attributes = attributesOf(type)
  for (const attribute of attributes)
    for (let at = 0; at < count; at += 1)
      for (const value of [...(isAtom ? [] : [undefined]), ...valuesOf(type.name, attribute)]) {
        const one = value === undefined ? {} : { [attribute]: value }
        cases.push({
          name: `${name}, ${attribute} ${String(value)} at ${at}`,
          block: inside(one, at),
          attribute: `${type.name}.${attribute}`,
          place: `${name} ${attribute} ${at}`,
          isAtom,
        })
        for (const other of attributes.filter((next) => next > attribute))
          for (const beside of valuesOf(type.name, other).slice(0, 4))
            cases.push({
              name: `${name}, ${attribute} ${String(value)} and ${other} ${String(beside)} at ${at}`,
              block: inside({ ...one, [other]: beside }, at),
              isAtom,
            })
      }
  return cases
}

/** Marks with every value of their attributes. */
const marks: { name: string; mark: Mark; attribute?: string; place?: string }[] = Object.values(schema.marks).flatMap(
  (type) => {
    const [attribute] = attributesOf(type)
    if (attribute === undefined) return [{ name: type.name, mark: type.create() }]
    return valuesOf(type.name, attribute).map((value) => ({
      name: `${type.name} ${String(value)}`,
      mark: type.create({ [attribute]: value }),
      attribute: `${type.name}.${attribute}`,
      place: type.name,
    }))
  },
)

function lineCases(type: NodeType): SchemaCase[] {
  return parentsOf(type).flatMap((parent, at) => {
    const line = (...content: Node[]) => {
      const node = type.create(needed(type), content)
      return parent === schema.topNodeType ? node : inDocument(around(parent, [node]))
    }
    const name = `${type.name} in ${parent.name}`
    return at === 0
      ? [...markCases(name, line), ...pairCases(name, line), ...oddCases(name, line)]
      : markCases(name, line)
  })
}

type Line = (...content: Node[]) => Node

const text = (words: string, ...all: Mark[]) =>
  schema.text(
    words,
    all.reduce<readonly Mark[]>((set, mark) => mark.addToSet(set), []),
  )

const markCases = (name: string, line: Line): SchemaCase[] =>
  marks.map(({ name: mark, mark: one, attribute, place }) => ({
    name: `${name} with ${mark}`,
    block: line(text('It holds 10'), text('6 litres', one), text(' of water, '), text('all of it', one)),
    isAtom: false,
    ...(attribute !== undefined && { attribute, place: `${name} ${place}` }),
  }))

const pairCases = (name: string, line: Line): SchemaCase[] =>
  marks.flatMap(({ name: first, mark }) =>
    marks
      .filter(({ mark: other }) => !other.type.excludes(mark.type) && !mark.type.excludes(other.type))
      .map(({ name: second, mark: other }) => ({
        name: `${name} with ${first} and ${second}`,
        block: line(text('one', mark), text(' both', mark, other), text(' the other', other), text(' none')),
        isAtom: false,
      })),
  )

const oddCases = (name: string, line: Line): SchemaCase[] =>
  ODD_TEXTS.map((words) => ({
    name: `${name} with ${JSON.stringify(words)}`,
    block: line(text(`Kite ${words} kite`)),
    isAtom: false,
  }))

const needed = ({ name }: NodeType) => NEEDED[name] ?? {}

/** The kinds of node that may contain one, those nearest to the document first. */
const parentsOf = (type: NodeType): NodeType[] =>
  Object.values(schema.nodes)
    .filter((parent) => childrenOf(parent).includes(type))
    .sort((one, other) => wayTo(one).length - wayTo(other).length)

function childrenOf({ contentMatch }: NodeType): NodeType[] {
  const [seen, found] = [new Set<ContentMatch>(), new Set<NodeType>()]
  const visit = (match: ContentMatch) => {
    if (seen.has(match)) return
    seen.add(match)
    for (let at = 0; at < match.edgeCount; at += 1) {
      found.add(match.edge(at).type)
      visit(match.edge(at).next)
    }
  }
  visit(contentMatch)
  return [...found]
}

/** From the document to the node. */
function wayTo(type: NodeType): NodeType[] {
  const ways: NodeType[][] = [[schema.topNodeType]]
  const seen = new Set(ways.flat())
  for (const way of ways) {
    const last = way.at(-1) ?? schema.topNodeType
    if (last === type) return way
    for (const child of childrenOf(last))
      if (!seen.has(child)) {
        seen.add(child)
        ways.push([...way, child])
      }
  }
  throw new Error(`No document has ${type.name}.`)
}

/** A node with some children, and beside them what it is nothing without. */
function around(type: NodeType, children: Node[]): Node {
  const names = new Set(children.map((child) => child.type.name))
  const others = childrenOf(type).filter(
    (child) => !SINGLE.has(child.name) && !names.has(child.name) && [...names].every((name) => SINGLE.has(name)),
  )
  const beside = others.flatMap((child) => filled(child, needed(child), [type]))
  const isLast = names.has('attribution')
  return type.create(needed(type), isLast ? [...beside, ...children] : [...children, ...beside])
}

/** The node as a top-level block, in the nodes that it needs around it. */
function inDocument(node: Node): Node {
  const [, ...outer] = wayTo(node.type).slice(0, -1)
  return outer.reduceRight((inside, type) => around(type, [inside, ...rowsBelow(inside.type, type)]), node)
}

/** Rows and items stand among others. */
const rowsBelow = (type: NodeType, parent: NodeType): Node[] =>
  SINGLE.has(type.name) || type.isInGroup('block') ? [] : [1, 2].map(() => filled(type, needed(type), [parent]))

let words = 0

/** A node with words; below it each kind of child once more, several of those that come in rows. @param path its ancestors, which it does not hold again */
function filled(type: NodeType, attrs: object, path: NodeType[]): Node {
  if (type.inlineContent) return type.create(attrs, schema.text(`kite ${(words += 1)}`))
  if (type.isLeaf) return type.create(attrs)
  const children = childrenOf(type)
  const others = children.filter((child) => child !== type && !path.includes(child))
  const content = (others.length > 0 ? others : children).flatMap((child) =>
    Array.from({ length: SINGLE.has(child.name) || child.isInGroup('block') ? 1 : path.length > 1 ? 2 : 3 }, () =>
      filled(child, needed(child), [...path, type]),
    ),
  )
  return type.create(attrs, content)
}
