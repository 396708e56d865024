// A worker that ends before it works.
process.exit(7)
