export function findOrInstallBrowser(say: (words: string) => void): Promise<string>
