class Tape:
    def __init__(self, parameters, layers):
        self.parameters, self.layers = parameters, layers
        self.backwards = []
        self.found = {}

    def push(self, kind, x, number):
        forward, backward = self.layers[kind + "_forward"], self.layers[kind + "_backward"]
        if not number:
            self.backwards.append(lambda dy: backward(dy, x))
            return forward(x)
        w, b = self.parameters[f"w{number}"], self.parameters[f"b{number}"]

        def back(dy):
            dx, dw, db = backward(dy, x, w)
            self.found |= {f"w{number}": dw, f"b{number}": db}
            return dx

        self.backwards.append(back)
        return forward(x, w, b)

    def unwind(self, dy):
        while self.backwards:
            dy = self.backwards.pop()(dy)
        return self.found
