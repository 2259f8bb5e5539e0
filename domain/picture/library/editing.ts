import { z } from 'zod'
import { idField } from '../../form/fields'
import { operation, type Work } from '../../operation'
import { refuse } from '../../refusal'
import { lockStory } from '../../story/store'
import { can } from '../../user/permission'
import { picturesOf } from '../uses'
import { changedFieldsOf, deskFieldsOf, nameOf, pictureFieldsAsText, textsOfPicture, type Picture } from '../picture'
import { pictureFields, type PictureTexts } from '../picture-fields'
import { pictureFormFields, problemsOf, textsFromForm } from '../picture-form'
import { lockPicture, updateFields, updateFocus } from './store'
import { rounded } from '../use'

/** The form of a picture: the picture, the version that its writer saw, and the fields. */
export const editPicture = operation(
  z.object({ pictureId: idField, seenVersion: idField, ...pictureFormFields }),
  async (work, { pictureId, seenVersion, ...form }) => {
    const picture = await lockPicture(work.tx, pictureId)
    work.permit('picture.edit', picture)
    const texts = textsFromForm(form, textsOfPicture(picture), picture.asItCame.told)
    const changed = changedFieldsOf(textsOfPicture(picture), texts)
    if (changed.length > 0 && seenVersion !== picture.version) refuseStale(picture)
    return saveTexts(work, picture, texts)
  },
)

/**
 * Adds a credit and an alt text that are missing, for whoever places the picture in a story that they may write in: also to a picture of somebody else.
 */
export const completePicture = operation(
  z.object({
    pictureId: idField,
    storyId: idField,
    credit: pictureFormFields.credit,
    alt: pictureFormFields.alt,
    decorative: pictureFormFields.decorative,
  }),
  async (work, { pictureId, storyId, ...form }) => {
    const story = await lockStory(work.tx, storyId)
    work.permit('story.edit', story)
    const picture = await lockPicture(work.tx, pictureId)
    const before = textsOfPicture(picture)
    const texts = textsFromForm(form, before, picture.asItCame.told)
    if (!can(work.actor, 'picture.edit', picture)) {
      if (!picturesOf(story.draft).some((use) => use.pictureId === pictureId)) work.permit('picture.edit', picture)
      const typed = changedFieldsOf(before, texts)
      const isMissing = { credit: before.credit === '', alt: before.alt === '' && !before.decorative }
      const isTaken = typed.some((field) => (field === 'credit' ? !isMissing.credit : !isMissing.alt))
      if (isTaken) refuseStale(picture)
    }
    return saveTexts(work, picture, texts)
  },
)

/** Somebody else saved first: nothing is overwritten, and the refusal has their texts. */
function refuseStale(picture: Picture): never {
  const theirs = pictureFieldsAsText(textsOfPicture(picture))
  return refuse({ kind: 'stale', by: picture.savedByName, version: picture.version, theirs })
}

async function saveTexts({ tx, actor, now, tell, unchanged }: Work, picture: Picture, texts: PictureTexts) {
  const before = textsOfPicture(picture)
  const { told } = picture.asItCame
  const problems = problemsOf(texts, before, told)
  if (Object.keys(problems).length > 0) refuse({ kind: 'invalid', fields: problems })
  const changed = changedFieldsOf(before, texts)
  if (changed.length === 0) return unchanged(picture)
  const saved = await updateFields(tx, actor, picture, deskFieldsOf(texts, told), now)
  tell({
    type: 'picture-edited',
    pictureId: picture.id,
    picture: nameOf(saved),
    changed: changed.map((field) => pictureFields[field].name),
    before: pictureFieldsAsText(before, changed),
  })
  return saved
}

const shareField = z.coerce.number().min(0).max(1)

/** Moves the point that stays in every crop. The last one to move it decides: nothing that anybody typed is lost. */
export const moveFocalPoint = operation(
  z.object({ pictureId: idField, focusX: shareField, focusY: shareField }),
  async ({ tx, permit, tell, unchanged }, { pictureId, focusX, focusY }) => {
    const picture = await lockPicture(tx, pictureId)
    permit('picture.edit', picture)
    const before = picture.focus
    const focus = { focusX: rounded(focusX), focusY: rounded(focusY) }
    if (focus.focusX === before.focusX && focus.focusY === before.focusY) return unchanged(picture)
    await updateFocus(tx, pictureId, focus)
    tell({
      type: 'picture-focus-moved',
      pictureId,
      picture: nameOf(picture),
      focus: [focus.focusX, focus.focusY],
      before: [before.focusX, before.focusY],
    })
    return { ...picture, focus }
  },
)
