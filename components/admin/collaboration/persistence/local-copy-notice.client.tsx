'use client'
import { useSyncExternalStore } from 'react'
import { storedLineage, type CopyOwner } from './device-storage'

/** For a person who may no longer write in the story: unsent text of theirs is not lost. */
export function LocalCopyNotice({ storyId, userId }: CopyOwner) {
  const isStored = useSyncExternalStore(
    never,
    () => storedLineage({ storyId, userId }) !== null,
    () => false,
  )
  if (!isStored) return null
  return (
    <p className="notice warn" role="status">
      You may not write in this story any more. What you wrote is kept on this device; whatever was not saved of it goes
      to the newsroom when an editor lets you write here again and you open this page.
    </p>
  )
}

const never = () => () => undefined
