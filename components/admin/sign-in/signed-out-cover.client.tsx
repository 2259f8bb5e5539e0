'use client'
import { useEffect, useRef, useState } from 'react'
import { SignInAgain } from '@/components/ui/form/sign-in-again.client'
import { onSignIn, onSignOut } from './sign-in-broadcast'

/**
 * Covers a page when its person signs out in another tab: whoever sits there next does not see it. It is uncovered, with all that was typed, when the
 * same person signs in again.
 */
export function SignedOutCover({ userId }: { userId: number }) {
  const [state, set] = useState<'open' | 'covered' | 'somebody else'>('open')
  const cover = useRef<HTMLDivElement>(null)
  useEffect(() => onSignOut(() => set('covered')), [])
  useEffect(
    () =>
      onSignIn((id) => id !== null && set((now) => (id === userId ? 'open' : now === 'open' ? now : 'somebody else'))),
    [userId],
  )
  useEffect(() => {
    document.documentElement.toggleAttribute('data-covered', state !== 'open')
    if (state !== 'open') cover.current?.focus()
  }, [state])
  if (state === 'open') return null
  return (
    <div ref={cover} className="signed-out-cover stack" role="alert" tabIndex={-1}>
      <p>
        {state === 'covered'
          ? 'You signed out in another tab, so this page is covered. Nothing that you typed is lost.'
          : 'Somebody else is signed in here now, so this page stays covered. Nothing that was typed is lost.'}
      </p>
      <p>
        <SignInAgain />
      </p>
    </div>
  )
}
