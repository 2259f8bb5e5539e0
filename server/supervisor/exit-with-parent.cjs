// Loaded into the renderer before Next: when the server that started it is gone, however it ended, its end of our standard input closes.
process.stdin.on('end', () => process.exit(0))
process.stdin.on('error', () => process.exit(0))
process.stdin.resume()
process.stdin.unref()
