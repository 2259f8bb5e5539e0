'use server'
import { letReportersPublishAlone } from '@/domain/settings/updating'
import { action } from '@/lib/action'

export const decidePublishingAlone = action(letReportersPublishAlone)
