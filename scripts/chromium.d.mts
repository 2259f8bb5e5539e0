export function findOrInstallBrowser(writeLine: (line: string) => void): Promise<string>
