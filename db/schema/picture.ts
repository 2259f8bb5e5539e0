import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { AsItCame } from '@/domain/picture/as-it-came'
import { ORIGINAL_FORMATS } from '@/domain/picture/ingested'
import { mapPictureFields } from '@/domain/picture/picture-fields'
import { leaseKinds, licenceNames, rightsCategories, type Licence } from '@/domain/picture/rights'
import { places } from '@/domain/picture/use'
import { id, isOneOf, moment, reference, rowId, tsvector } from './column'
import { revisions, stories } from './story'
import { authors } from './taxonomy'
import { users } from './user'

/** In the order of the fields: the name of each column is that of its field. */
const snakeCase = (field: string) => field.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)

/** What the desk says of a picture. Null: as it came in the file. */
const deskFields = () =>
  mapPictureFields({
    line: (field) => text(snakeCase(field)),
    text: (field) => text(snakeCase(field)),
    names: (field) => text(snakeCase(field)).array(),
    when: (field) => text(snakeCase(field)),
    flag: (field) => boolean(snakeCase(field)),
    sourceType: (field) => text(snakeCase(field)),
  })

/** Of a picture, what readers’ pages need: in the table and in the view `usable_pictures`. */
export const columnsForReaders = () => ({
  id: rowId('id').notNull(),
  /** Random, in public addresses. */
  key: text().notNull(),
  /** Of the original, in hex. */
  sha256: text().notNull(),
  format: text({ enum: ORIGINAL_FORMATS }).notNull(),
  /** Upright. Pixels. */
  width: integer().notNull(),
  height: integer().notNull(),
  frames: integer().notNull(),
  hasAlpha: boolean('has_alpha').notNull(),
  /** Base64. */
  thumbhash: text().notNull(),
  /** #rrggbb. */
  colour: text().notNull(),
  ...deskFields(),
  rightsCategory: text('rights_category', { enum: rightsCategories }).notNull().default('none'),
  rightsLicence: text('rights_licence', { enum: licenceNames as [Licence, ...Licence[]] }),
  /** The point that stays in every crop, each from 0 to 1 of the upright picture. */
  focusX: doublePrecision('focus_x').notNull().default(0.5),
  focusY: doublePrecision('focus_y').notNull().default(0.5),
})

/**
 * A picture of the library. What came with the file is never changed (a trigger refuses it); what the desk says stands in columns of its own. A
 * deleted picture keeps its row, because revisions and the history name it.
 */
export const pictures = pgTable(
  'pictures',
  {
    ...columnsForReaders(),
    id: id(),
    /** As the browser named it; for the desk only. */
    fileName: text('file_name'),
    bytes: bigint({ mode: 'number' }).notNull(),
    asItCame: jsonb('as_it_came').$type<AsItCame>().notNull(),
    /** Sentences for the desk about the file. */
    warnings: text().array().notNull(),
    /** Null: that of the category. */
    rightsRestriction: text('rights_restriction'),
    rightsNote: text('rights_note'),
    /** Counts the changes of the desk’s fields, so that a save from an older page is refused; and those of the rights. */
    version: integer().notNull().default(1),
    rightsVersion: integer('rights_version').notNull().default(1),
    savedAt: moment('saved_at').notNull(),
    savedByName: text('saved_by_name').notNull(),
    rightsSavedByName: text('rights_saved_by_name').notNull(),
    uploadedAt: moment('uploaded_at').notNull(),
    uploadedById: reference('uploaded_by_id', () => users.id),
    uploadedByName: text('uploaded_by_name').notNull(),
    /** When something last stopped using it; null: nothing did. */
    lastUsedAt: moment('last_used_at'),
    deletedAt: moment('deleted_at'),
    /** For the filters of the library: nobody, neither the file nor the desk, has said it. */
    lacksCredit: boolean('lacks_credit').generatedAlwaysAs(
      (): SQL => sql`coalesce(credit, as_it_came -> 'told' ->> 'credit', '') = ''`,
    ),
    lacksAlt: boolean('lacks_alt').generatedAlwaysAs(
      (): SQL => sql`not coalesce(decorative, false) and coalesce(alt, as_it_came -> 'told' ->> 'altText', '') = ''`,
    ),
  },
  (table) => [
    uniqueIndex('pictures_key').on(table.key),
    // The same bytes may be uploaded again after the picture was deleted.
    uniqueIndex('pictures_sha256')
      .on(table.sha256)
      .where(sql`${table.deletedAt} is null`),
    index('pictures_newest').on(table.uploadedAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index('pictures_of_uploader').on(table.uploadedById, table.uploadedAt.desc().nullsFirst()),
    index('pictures_without_credit')
      .on(table.id)
      .where(sql`${table.lacksCredit} and ${table.deletedAt} is null`),
    index('pictures_without_alt')
      .on(table.id)
      .where(sql`${table.lacksAlt} and ${table.deletedAt} is null`),
    check('pictures_sha256_is_hex', sql`${table.sha256} ~ '^[0-9a-f]{64}$'`),
    check('pictures_key_is_random', sql`${table.key} ~ '^[A-Za-z0-9_-]{10,40}$'`),
    check(
      'pictures_have_a_size',
      sql`${table.width} > 0 and ${table.height} > 0 and ${table.frames} > 0 and ${table.bytes} > 0`,
    ),
    check('pictures_focus_is_inside', sql`${table.focusX} between 0 and 1 and ${table.focusY} between 0 and 1`),
    check('pictures_format_is_known', isOneOf(table.format, ORIGINAL_FORMATS)),
    check('pictures_rights_are_known', isOneOf(table.rightsCategory, rightsCategories)),
    check(
      'pictures_licence_is_of_creative_commons',
      sql`${table.rightsLicence} is null or ${table.rightsCategory} = 'creative-commons'`,
    ),
    check('pictures_decorative_has_no_alt', sql`not (${table.decorative} and coalesce(${table.alt}, '') <> '')`),
  ],
)

/** What the desk's search looks in: a row for each picture. */
export const pictureSearch = pgTable(
  'picture_search',
  {
    pictureId: reference('picture_id', () => pictures.id).primaryKey(),
    vector: tsvector('vector').notNull(),
  },
  (table) => [index('picture_search_vector').using('gin', table.vector).with({ gin_pending_list_limit: 512 })],
)

/** When a picture may be used, or may not: from `from_at` on and before `until_at`. */
export const pictureLeases = pgTable(
  'picture_leases',
  {
    id: id(),
    pictureId: reference('picture_id', () => pictures.id).notNull(),
    kind: text({ enum: leaseKinds }).notNull(),
    from: moment('from_at'),
    until: moment('until_at'),
    /** Why. */
    note: text().notNull(),
    createdAt: moment('created_at').notNull(),
    createdById: reference('created_by_id', () => users.id),
    createdByName: text('created_by_name').notNull(),
    /** From then on it is as if it had never been there. */
    endedAt: moment('ended_at'),
    endedByName: text('ended_by_name'),
  },
  (table) => [
    index('picture_leases_of_picture').on(table.pictureId, table.id),
    index('picture_leases_from')
      .on(table.from)
      .where(sql`${table.from} is not null and ${table.endedAt} is null`),
    index('picture_leases_until')
      .on(table.until)
      .where(sql`${table.until} is not null and ${table.endedAt} is null`),
    check('picture_leases_kind_is_known', isOneOf(table.kind, leaseKinds)),
    check('picture_leases_end_after_they_begin', sql`${table.from} < ${table.until}`),
    check('picture_leases_note_is_given', sql`btrim(${table.note}) <> ''`),
    check('picture_leases_ended_by_somebody', sql`(${table.endedAt} is null) = (${table.endedByName} is null)`),
  ],
)

/**
 * Whether pictures of a query may be used at a moment: as SQL what `refusalAt` (domain/picture/rights.ts) says.
 * @param of the columns of the picture: `pictures`, or an alias
 */
export function isUsableAt(
  at: SQLWrapper,
  of: { id: SQLWrapper; rightsCategory: SQLWrapper; deletedAt: SQLWrapper } = pictures,
): SQL<boolean> {
  return sql<boolean>`(${of.deletedAt} is null and coalesce(
    (select newest.kind = 'allow' from picture_leases newest where newest.picture_id = ${of.id} and newest.ended_at is null
      and (newest.from_at is null or newest.from_at <= ${at}) and (newest.until_at is null or newest.until_at > ${at})
      order by newest.id desc limit 1),
    ${of.rightsCategory} <> 'none' and not exists (select 1 from picture_leases allowing where allowing.picture_id = ${of.id}
      and allowing.ended_at is null and allowing.kind = 'allow')))`
}

/**
 * Which pictures stand in a story: in its draft (without a revision) and in each of its revisions. Written in the transaction of the draft or the
 * revision. What readers see of a picture is then a query about the story’s live revision, which is on time without a clock.
 */
export const storyPictures = pgTable(
  'story_pictures',
  {
    storyId: reference('story_id', () => stories.id).notNull(),
    /** Null: the draft. */
    revisionId: rowId('revision_id'),
    place: text({ enum: places }).notNull(),
    /** From 0, in the order of the copy. */
    position: integer().notNull(),
    pictureId: reference('picture_id', () => pictures.id).notNull(),
  },
  (table) => [
    foreignKey({
      name: 'story_pictures_revision',
      columns: [table.revisionId, table.storyId],
      foreignColumns: [revisions.id, revisions.storyId] as [AnyPgColumn, AnyPgColumn],
    }),
    uniqueIndex('story_pictures_of_draft')
      .on(table.storyId, table.place, table.position)
      .where(sql`${table.revisionId} is null`),
    uniqueIndex('story_pictures_of_revision')
      .on(table.revisionId, table.place, table.position)
      .where(sql`${table.revisionId} is not null`),
    index('story_pictures_of_picture').on(table.pictureId, table.storyId),
    check('story_pictures_place_is_known', isOneOf(table.place, places)),
  ],
)

/** The portrait on an author’s page. */
export const authorPortraits = pgTable(
  'author_portraits',
  {
    authorId: reference('author_id', () => authors.id).primaryKey(),
    pictureId: reference('picture_id', () => pictures.id).notNull(),
    placedAt: moment('placed_at').notNull(),
    placedById: reference('placed_by_id', () => users.id),
    placedByName: text('placed_by_name').notNull(),
  },
  (table) => [index('author_portraits_of_picture').on(table.pictureId)],
)
