"""python3 -m relay PORT LOG"""

import sys
from pathlib import Path

from relay.app import serve

if __name__ == "__main__":
    serve(int(sys.argv[1]), Path(sys.argv[2])).serve_forever()
