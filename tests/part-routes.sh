# Each route × each role: the answer is the one the route table says. Reads `doanket routes`; asks a demonstration server.
. tests/count.sh
make -s -j"$(nproc)" || { echo "0 passed, 1 failed"; exit 1; }
counted "routes and roles" timeout 600 node tests/routes/routes.mjs
done_counting
