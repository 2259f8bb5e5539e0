'use server'
import { revokePreview, sharePreview } from '@/domain/preview/sharing'
import { action } from '@/lib/action'

export const share = action(sharePreview)
export const revoke = action(revokePreview)
