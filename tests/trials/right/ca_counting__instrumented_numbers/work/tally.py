class Tally:
    def __init__(self):
        self.mul = self.add = 0


class Num:
    def __init__(self, value, tally):
        self.value, self.tally = value, tally

    def __mul__(self, other):
        self.tally.mul += 1
        return Num(self.value * other.value, self.tally)

    def __add__(self, other):
        self.tally.add += 1
        return Num(self.value + other.value, self.tally)
