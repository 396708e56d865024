// Preloaded into the commands that the demo runs: they end when the demo is gone, however it went.
if (process.channel) {
  process.on("disconnect", () => process.exit(1))
  // The channel alone must not keep a finished command alive.
  process.channel.unref()
  // Programs that the command forks have channels of their own and shall use them as they like.
  const at = process.execArgv.indexOf(__filename)
  if (at > 0) {
    process.execArgv.splice(at - 1, 2)
  }
}
