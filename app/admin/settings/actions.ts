'use server'
import { letReportersPublishAlone } from '@/domain/settings/deciding'
import { action } from '@/lib/action'

export const decidePublishingAlone = action(letReportersPublishAlone)
