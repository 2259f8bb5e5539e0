'use server'
import { setUpNewsroom } from '@/domain/people/inviting'
import { publicAction } from '@/lib/public-action'
import { goToSignIn } from '@/lib/session'

export const setUp = publicAction(setUpNewsroom, goToSignIn)
