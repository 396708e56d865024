import run from "../integration-tests/bench/definition"
void run(["10000"])
