// Loaded into the renderer before Next: standard input ends when the server that started it has exited, however that happened.
process.stdin.on('end', () => process.exit(0))
process.stdin.on('error', () => process.exit(0))
process.stdin.resume()
process.stdin.unref()
