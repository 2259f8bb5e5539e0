import NextAuth from 'next-auth'
import { authOptions } from '@/lib/auth'
import { requestOrigin } from '@/lib/session'

type Context = { params: Promise<{ nextauth: string[] }> }

/** The addresses of next-auth that passwords need; the others would return errors of their own. */
const allowedPaths = {
  GET: ['session', 'csrf', 'providers'],
  POST: ['callback/credentials', 'signout'],
}

function handlerFor(method: keyof typeof allowedPaths) {
  return async (request: Request, context: Context): Promise<Response> => {
    const { nextauth } = await context.params
    if (!allowedPaths[method].includes(nextauth.join('/')))
      return new Response('There is nothing here.\n', { status: 404 })
    return (await NextAuth(authOptions(await requestOrigin()))(request, { params: { nextauth } })) as Response
  }
}

export const GET = handlerFor('GET')
export const POST = handlerFor('POST')
