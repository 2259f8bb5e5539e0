'use server'
import { admit } from '@/domain/user/admitting'
import { openAction } from '@/lib/open-action'
import { enterNewsroom, requestOrigin } from '@/lib/session'

export const signIn = openAction(async (input) => admit(input, await requestOrigin()), enterNewsroom)
