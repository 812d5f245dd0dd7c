from det import *
from det.place import locate
