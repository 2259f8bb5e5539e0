import { mayWrite, tellPresence } from '@/domain/writing/attending'
import { answering, notThere, said, type Context } from '../answering'

/** Where somebody is in a story, told to everybody else who has it open. */
export function POST(request: Request, context: Context): Promise<Response> {
  return answering(request, context, async (actor, storyId) => {
    if (!(await mayWrite(actor, storyId))) return notThere()
    const sent: unknown = await request.json().catch(() => null)
    return (await tellPresence(actor, storyId, sent)) ? Response.json({}) : said(422, 'What arrived cannot be read.')
  })
}
