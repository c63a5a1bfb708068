# Each route × each role: the answer is the one the route table says; × others' records: not told from nothing (tests/routes/probe.mjs). Reads `doanket routes`; asks a demonstration server.
. tests/count.sh
make -s -j"$(nproc)" || { echo "0 passed, 1 failed"; exit 1; }
counted "routes and roles" timeout 1800 node tests/routes/routes.mjs
counted "what may not be seen" timeout 3600 node tests/routes/probe.mjs
done_counting
