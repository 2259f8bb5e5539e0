import NextAuth from 'next-auth'
import { authOptions } from '@/lib/auth'
import { requestOrigin } from '@/lib/session'

type Context = { params: Promise<{ nextauth: string[] }> }

async function answer(request: Request, context: Context): Promise<Response> {
  return (await NextAuth(authOptions(await requestOrigin()))(request, { params: await context.params })) as Response
}

export { answer as GET, answer as POST }
